import { isLoopback } from '../http/loopback.js';

/** Whether webhooks may go there: https, or http on this machine; no credentials, no fragment. */
export function isWebhookUrl(text: string): boolean {
  if (!/^https?:\/\/[^\s\\]+$/i.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname, username, password, hash } = new URL(text);
  if (username || password || hash) return false;
  return protocol === 'https:' || isLoopback(hostname);
}

/** @throws {TypeError} without quoting the URL, which may carry a token. */
export function assertWebhookUrls(urls: readonly string[]): void {
  if (!urls.every(isWebhookUrl)) {
    throw new TypeError('A webhook URL is https, or http on a loopback address');
  }
}
