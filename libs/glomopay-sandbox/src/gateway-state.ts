import { newAccount } from './account.js';
import type { SandboxAccount } from './account.js';
import { CardAuthentication } from './authentication/card-authentication.js';
import type { Customer } from './customers/customer.js';
import { demoCustomer } from './customers/demo-customer.js';
import { FaultQueue } from './faults/fault-queue.js';
import { newId } from './books/object-id.js';
import { RequestLog } from './http/request-log.js';
import { Balances } from './money/balances.js';
import { CURRENCIES } from './money/money.js';
import { Rates } from './money/rates.js';
import { RfiDesk } from './rfi/rfi-desk.js';
import { SandboxClock } from './time/sandbox-clock.js';
import type { RemitContext } from './lrs/remit.js';
import type { LinkCheckout } from './payment-links/pay-link.js';
import type { PayoutDesk } from './payouts/payout-desk.js';
import { KeyRing } from './keys/key-ring.js';
import type { KeyOwner } from './keys/secret-key.js';
import { openResources, payinSources } from './resources.js';
import type { Resources } from './resources.js';
import type { ResolvedOptions } from './sandbox-options.js';
import { SandboxWebhooks } from './webhooks/sandbox-webhooks.js';
import type { WebhookEvent } from './webhooks/webhook-event.js';

/** Everything one sandbox knows. */
export interface GatewayState {
  readonly options: ResolvedOptions;
  readonly account: SandboxAccount;
  readonly balances: Balances;
  readonly rates: Rates;
  readonly rfis: RfiDesk;
  readonly owner: KeyOwner;
  readonly keys: KeyRing;
  readonly clock: SandboxClock;
  readonly webhooks: SandboxWebhooks;
  readonly demoCustomer: Customer | undefined;
  readonly resources: Resources;
  readonly faults: FaultQueue;
  readonly requests: RequestLog;
  readonly linkCheckout: LinkCheckout;
  readonly remittances: RemitContext;
  readonly payoutDesk: PayoutDesk;
  readonly authentication: CardAuthentication;
}

export async function newGatewayState(options: ResolvedOptions): Promise<GatewayState> {
  const clock = new SandboxClock(options.clock);
  const owner = { merchantId: newId('merch', clock), environment: options.environment };
  const keys = await KeyRing.create(owner, clock);
  const faults = new FaultQueue(keys);
  const webhooks = new SandboxWebhooks({ ...options, clock, faults });
  webhooks.endpoints = options.webhookUrls;
  const account = newAccount(options.account);
  const balances = new Balances();
  for (const currency of CURRENCIES) balances.credit({ amount: options.openingBalance, currency });
  const rates = new Rates();
  const rfis = new RfiDesk(clock);
  const publish = (event: WebhookEvent) => void webhooks.publish(event);
  const resources = openResources({
    clock,
    account,
    owner,
    balances,
    rates,
    rfis,
    pollIntervalMs: options.pollIntervalMs,
    merchantName: options.merchantName,
    publish,
  });
  const { customers, paymentLinks, subscriptions, payments } = resources;
  const banking = { keys, faults, clock, account, balances, rfis };
  return {
    ...banking,
    webhooks,
    options,
    rates,
    owner,
    resources,
    demoCustomer: options.seedDemoCustomer ? customers.book.open(demoCustomer(clock)) : undefined,
    linkCheckout: {
      links: paymentLinks.book,
      payments: payments.book,
      customers: customers.book,
      owner,
      clock,
      rates,
    },
    remittances: {
      orders: resources.orders.book,
      payments: payments.book,
      customers: customers.book,
      quotes: resources.lrsQuotes.book,
      owner,
      clock,
      publish,
    },
    payoutDesk: {
      ...banking,
      payouts: resources.payouts.book,
      beneficiaries: resources.beneficiaries.book,
      quotes: resources.quotes.book,
    },
    requests: new RequestLog(),
    authentication: new CardAuthentication({
      ...banking,
      publish,
      payins: payinSources(resources, clock),
      subscriptions: subscriptions.book,
      refunds: resources.refunds.book,
      payments: payments.book,
    }),
  };
}
