import type { GlomopaySandbox } from '../sandbox.js';

/** What a person needs to begin. */
export function startUpText(sandbox: GlomopaySandbox, version: string): string {
  return `glomopay-sandbox ${version} listens on ${sandbox.url}

  GLOMOPAY_BASE_URL=${sandbox.url}
  GLOMOPAY_SECRET_KEY=${sandbox.secretKey}
  GLOMOPAY_WEBHOOK_SECRET=${sandbox.webhookSecret}

  Demo customer    ${sandbox.demoCustomerId}
  Orders, payments ${sandbox.url}/
  Webhooks go to   ${sandbox.webhooks.endpoints.join(' ') || 'nowhere yet (--webhook-url)'}

Press Ctrl+C to stop.
`;
}

/** The same for a script: one line of JSON. */
export function startUpJson(sandbox: GlomopaySandbox): string {
  const { url, secretKey, webhookSecret, demoCustomerId } = sandbox;
  return `${JSON.stringify({ url, secretKey, webhookSecret, demoCustomerId })}\n`;
}
