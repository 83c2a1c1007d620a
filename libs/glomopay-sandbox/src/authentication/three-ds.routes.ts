import type { FastifyInstance, FastifyReply } from 'fastify';
import { pause } from '../time/clock.js';
import { formFields } from '../http/request-body.js';
import { sendPage } from '../html/page.js';
import type { PaymentRecord } from '../payments/payment.js';
import { brokenReturn } from './callback-address.js';
import { isOpen } from '../payments/decide-payment.js';
import type { CardAuthentication } from './card-authentication.js';
import { abandonedPage, challengePage, refusedPage } from './three-ds.page.js';

/** What the 3DS routes work on. */
export interface ThreeDsContext {
  readonly authentication: CardAuthentication;
  readonly merchantName: string;
  readonly callbackDelayMs: number;
  readonly stopping: AbortSignal;
}

/**
 * `/3ds`: the page a payment's redirect step opens, and the form on it.
 *
 * The link's `redirectUrl` is never followed: the browser returns to the callback URL that came
 * with the payment.
 */
export function threeDsRoutes(app: FastifyInstance, context: ThreeDsContext): void {
  const { authentication, merchantName } = context;

  app.get('/3ds', (request, reply) => {
    const record = find(authentication, new URL(request.url, 'http://sandbox').searchParams);
    if (!record) return sendPage(reply, 403, refusedPage());
    if (isOpen(record) && record.behaviour?.asksBuyer) {
      return sendPage(reply, 200, challengePage(record, merchantName));
    }
    return sendBack(reply, authentication.decide(record, 'approve'), context);
  });

  app.post('/3ds', (request, reply) => {
    const form = formFields(request);
    const record = find(authentication, form);
    if (!record) return sendPage(reply, 403, refusedPage());
    if (!isOpen(record)) return sendBack(reply, record, context);
    switch (form.get('decision')) {
      case 'approve':
        return sendBack(reply, authentication.decide(record, 'approve'), context);
      case 'decline':
        return sendBack(reply, authentication.decide(record, 'decline'), context);
      case 'abandon':
        return sendPage(reply, 200, abandonedPage());
      case 'error':
        return redirect(reply, brokenReturn(record.callbackUrl));
      default:
        return sendPage(reply, 400, challengePage(record, merchantName));
    }
  });
}

function find(
  authentication: CardAuthentication,
  parameters: URLSearchParams,
): PaymentRecord | undefined {
  const paymentId = parameters.get('paymentId') ?? '';
  return authentication.find(paymentId, parameters.get('authToken') ?? '');
}

/** The outcome stands at once; only the browser's return is delayed. */
async function sendBack(
  reply: FastifyReply,
  record: PaymentRecord,
  { authentication, callbackDelayMs, stopping }: ThreeDsContext,
): Promise<FastifyReply> {
  const url = authentication.returnUrl(record);
  await pause(callbackDelayMs, stopping);
  return redirect(reply, url);
}

function redirect(reply: FastifyReply, url: string): FastifyReply {
  return reply
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .redirect(url, 302);
}
