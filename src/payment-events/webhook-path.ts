/** Where the gateway posts its webhooks to. */
export const WEBHOOK_PATH = '/webhooks/glomopay';
