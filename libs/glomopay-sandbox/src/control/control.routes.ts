import type { FastifyInstance } from 'fastify';
import { changeAccount } from '../account.js';
import type { SandboxAccount } from '../account.js';
import type { CardAuthentication } from '../authentication/card-authentication.js';
import { DOCUMENT_DECISIONS, reviewDocument } from '../documents/review.js';
import type { FaultOptions } from '../faults/fault.js';
import type { FaultQueue } from '../faults/fault-queue.js';
import type { Fields } from '../http/fields.js';
import { assertIdPrefix } from '../books/object-id.js';
import { GatewayError } from '../http/gateway-error.js';
import { jsonFields } from '../http/request-body.js';
import type { SandboxClock } from '../time/sandbox-clock.js';
import { MAX_OLD_KEY_VALID_FOR_MS } from '../keys/key-ring.js';
import type { KeyRing } from '../keys/key-ring.js';
import { assertErrorCode, BANK_DECISIONS } from '../payments/bank-decision.js';
import { PAYMENT } from '../payments/payment.js';
import { completedRefund } from '../refunds/refund-book.js';
import type { Balances } from '../money/balances.js';
import type { Resources } from '../resources.js';
import type { RemitContext } from '../lrs/remit.js';
import type { LinkCheckout } from '../payment-links/pay-link.js';
import type { PayoutDesk } from '../payouts/payout-desk.js';
import { paymentLinkRoutes } from './payment-link.routes.js';
import { payoutRoutes } from './payout.routes.js';
import { remittanceRoutes } from './remittance.routes.js';
import { subscriptionRoutes } from './subscription.routes.js';
import type { RfiDesk } from '../rfi/rfi-desk.js';
import type { SandboxWebhooks } from '../webhooks/sandbox-webhooks.js';
import { clockRoutes } from './clock.routes.js';
import { moneyRoutes } from './money.routes.js';
import { guardControl } from './guard-control.js';
import { refusingTypeErrors } from './refusing-type-errors.js';
import { sandboxState } from './sandbox-state.js';
import { webhookRoutes } from './webhook.routes.js';

/** What the control routes steer. */
export interface ControlContext {
  readonly boundHost: string;
  readonly keys: KeyRing;
  readonly account: SandboxAccount;
  readonly balances: Balances;
  readonly demoCustomerId: string | undefined;
  readonly resources: Resources;
  readonly faults: FaultQueue;
  readonly rfis: RfiDesk;
  readonly linkCheckout: LinkCheckout;
  readonly remittances: RemitContext;
  readonly payoutDesk: PayoutDesk;
  readonly authentication: CardAuthentication;
  readonly webhooks: SandboxWebhooks;
  readonly clock: SandboxClock;
}

/** `/_sandbox/`: what a test does to the sandbox from outside its process. */
export function controlRoutes(app: FastifyInstance, context: ControlContext): void {
  guardControl(app, context.boundHost);
  app.get('/state', () => sandboxState(context));
  keyRoutes(app, context);
  accountRoutes(app, context.account);
  faultRoutes(app, context.faults);
  clockRoutes(app, context.clock);
  webhookRoutes(app, context.webhooks);
  completionRoute(app, context);
  refundRoute(app, context);
  moneyRoutes(app, context);
  documentReviewRoute(app, context);
  paymentLinkRoutes(app, context.linkCheckout, context.authentication);
  payoutRoutes(app, context.payoutDesk);
  remittanceRoutes(app, context.remittances, context.authentication);
  subscriptionRoutes(app, context.resources.subscriptions.book);
  reviewRoute(app, context.rfis);
}

function keyRoutes(app: FastifyInstance, context: ControlContext): void {
  const { keys, webhooks, demoCustomerId } = context;

  app.get('/keys', () => ({
    secretKey: keys.newest,
    webhookSecret: webhooks.secret,
    demoCustomerId: demoCustomerId ?? null,
  }));

  app.post('/keys/rotate', (request) => {
    const fields = jsonFields(request);
    const seconds = fields.integer('old_key_valid_for_seconds', 0) ?? 0;
    if (seconds * 1000 > MAX_OLD_KEY_VALID_FOR_MS) {
      fields.problem('Old key valid for seconds must be between 0 and 604800');
    }
    fields.finish();
    return keys.rotate(seconds * 1000).then((secretKey) => ({ secretKey }));
  });
}

function accountRoutes(app: FastifyInstance, account: SandboxAccount): void {
  app.get('/account', () => account);

  app.post('/account', (request) => {
    const settings = jsonFields(request).all();
    refusingTypeErrors(() => changeAccount(account, settings));
    return account;
  });
}

function faultRoutes(app: FastifyInstance, faults: FaultQueue): void {
  app.post('/faults', (request, reply) => {
    const fields = jsonFields(request);
    const route = fields.requiredText('route');
    const fault = fields.requiredText('fault');
    const options = readFaultOptions(fields.object('options'));
    fields.finish();
    refusingTypeErrors(() => faults.enqueue(route, fault, options));
    reply.code(201);
    return { pending: faults.pending };
  });

  app.delete('/faults', () => {
    faults.clear();
    return { pending: 0 };
  });
}

function readFaultOptions(fields: Fields | undefined): FaultOptions {
  const latencyMs = fields?.integer('latencyMs', 0);
  const status = fields?.integer('status', 0);
  const known = ([500, 502, 503, 504] as const).find((candidate) => candidate === status);
  if (status !== undefined && known === undefined) {
    throw GatewayError.badRequest('status must be 500, 502, 503 or 504');
  }
  const retryAfter = fields?.text('retryAfter');
  const delayMs = fields?.integer('delayMs', 0);
  return {
    ...(latencyMs === undefined ? {} : { latencyMs }),
    ...(known === undefined ? {} : { status: known }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    ...(delayMs === undefined ? {} : { delayMs }),
  };
}

function completionRoute(app: FastifyInstance, context: ControlContext): void {
  const { resources, authentication } = context;
  const payments = resources.payments.book;

  app.post<{ Params: { id: string } }>('/payments/:id/complete', (request) => {
    assertIdPrefix(request.params.id, PAYMENT.idPrefix);
    const fields = jsonFields(request);
    const outcome = fields.requiredOneOf('outcome', BANK_DECISIONS);
    const errorCode = fields.text('error_code');
    fields.finish();
    const record = payments.find(request.params.id);
    return refusingTypeErrors(() => {
      assertErrorCode(errorCode);
      return { callback_url: authentication.complete(record, outcome, errorCode) };
    });
  });
}

function refundRoute(app: FastifyInstance, { resources, clock }: ControlContext): void {
  const refunds = resources.refunds.book;

  app.post<{ Params: { id: string } }>('/refunds/:id/complete', (request) => {
    const fields = jsonFields(request);
    const outcome = fields.requiredOneOf('outcome', BANK_DECISIONS);
    fields.finish();
    return completedRefund(refunds, refunds.find(request.params.id), outcome, clock).refund;
  });
}

function documentReviewRoute(app: FastifyInstance, { resources, clock }: ControlContext): void {
  const documents = resources.documents.book;

  app.post<{ Params: { id: string } }>('/documents/:id/review', (request) => {
    const { id } = documents.find(request.params.id);
    const fields = jsonFields(request);
    const decision = fields.requiredOneOf('decision', DOCUMENT_DECISIONS);
    fields.finish();
    reviewDocument(documents, clock, id, decision);
    return resources.documents.get(id);
  });
}

function reviewRoute(app: FastifyInstance, rfis: RfiDesk): void {
  app.post<{ Params: { id: string } }>('/rfis/:id/review', (request) => {
    const fields = jsonFields(request);
    const outcome = fields.requiredOneOf('outcome', ['approve', 'reject', 'ask_again']);
    fields.finish();
    return rfis.review(request.params.id, outcome);
  });
}
