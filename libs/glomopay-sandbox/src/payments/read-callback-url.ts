import type { Fields } from '../http/fields.js';
import { isLoopback } from '../http/loopback.js';

/** Reads `callback_url`: https, or http on a loopback address. */
export function readCallbackUrl(fields: Fields): string {
  const text = fields.requiredText('callback_url');
  // INFERRED text. No credentials: they would travel with every redirect.
  if (text && !isCallbackUrl(text)) fields.problem('Callback url must be a valid HTTPS URL');
  return text;
}

function isCallbackUrl(text: string): boolean {
  if (!/^https?:\/\/[^\s\\]+$/i.test(text) || !URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  if (username || password) return false;
  return protocol === 'https:' || isLoopback(hostname);
}
