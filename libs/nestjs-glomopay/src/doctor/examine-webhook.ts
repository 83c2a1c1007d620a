import { createHmac } from 'node:crypto';
import { findingsOf, type Finding } from './finding.js';
import { elsewhere, probe, type Probed } from './probe.js';

const webhook = findingsOf('webhook route');
/** The dashboard's own test: a receiver verifies it, answers 200 and does nothing else. */
const TEST_EVENT = '{"data":{},"entity_type":"webhook_test","event_type":"test"}';

/**
 * Whether the route takes what is signed and nothing else. Sends the dashboard's test event, signed
 * with the secret.
 */
export async function examineWebhook(
  origin: string,
  path: string,
  secret: string,
): Promise<Finding> {
  const refused = await unsigned(`${origin}${path}`);
  if (refused === undefined) {
    return webhook.fault(`${origin} does not answer`, 'start the application first');
  }
  if (refused.status === 404) return misplaced(path, await elsewhere(origin, path, unsigned));
  if (refused.status < 300) {
    return webhook.fault(
      `${path} answered ${refused.status} to an event without a signature`,
      'put @UseGuards(WebhookSignatureGuard) on the route',
    );
  }
  if (refused.status === 401 || refused.status === 403) return closed(path, refused.status);
  const signature = createHmac('sha256', secret).update(TEST_EVENT).digest('hex');
  const accepted = await post(`${origin}${path}`, { 'x-glomopay-signature': signature });
  return verdictOf(path, accepted?.status ?? 0);
}

function unsigned(url: string): Promise<Probed | undefined> {
  return post(url, {});
}

function post(url: string, headers: Record<string, string>): Promise<Probed | undefined> {
  return probe(url, {
    method: 'POST',
    body: TEST_EVENT,
    headers: { 'content-type': 'application/json', ...headers },
  });
}

function verdictOf(path: string, status: number): Finding {
  switch (status) {
    case 200:
      return webhook.fine(`${path} takes what is signed, and nothing else`);
    case 201:
      return webhook.fault(
        `${path} answers 201, and the gateway takes only 200 for success`,
        'put @HttpCode(200) on the route',
      );
    case 401:
      return webhook.fault(
        `${path} does not accept a signature under this webhook secret`,
        'give the application the same webhookSecret as the dashboard shows for this endpoint',
      );
    case 500:
      return webhook.fault(
        `${path} cannot verify: the raw body or the webhook secret is missing there`,
        'NestFactory.create(AppModule, { rawBody: true }); set webhookSecret',
      );
    case 503:
      return webhook.fault(
        `${path} cannot store events`,
        'look at the database of the tracking store',
      );
    default:
      return webhook.fault(`${path} answered ${status}`, 'look at the log of the application');
  }
}

function misplaced(path: string, found: string | undefined): Finding {
  return webhook.fault(
    `no route at ${path}`,
    found === undefined
      ? 'add the route, or webhooks: { path } to GlomopayTrackingModule'
      : `there is one at ${found}: give the dashboard that path, or exclude the route from the prefix`,
  );
}

function closed(path: string, status: number): Finding {
  return webhook.fault(
    `${path} answered ${status} to an event without a signature, where 400 was expected: a global guard is in the way`,
    'mark the route public in the way your guard understands, or use webhooks: { path } of GlomopayTrackingModule',
  );
}
