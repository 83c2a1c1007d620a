import { parseArgs } from 'node:util';
import { isNativeError } from 'node:util/types';
import type { SandboxOptions } from '../sandbox-options.js';
import { isWebhookUrl } from '../webhooks/webhook-url.js';

/** What the user asked for. */
export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'serve'; readonly json: boolean; readonly options: SandboxOptions };

/** The arguments cannot be understood; the message says which. */
export class UsageError extends Error {}

export const USAGE = `Usage: glomopay-sandbox [options]

A local stand-in for the Glomopay payment gateway.

Options:
  --port <number>          port to listen on, 0 for a free one (default 4010)
  --host <address>         address to listen on (default 127.0.0.1)
  --callback-delay <ms>    wait before the browser returns to the shop (default 0)
  --webhook-url <url>      send webhooks there; may be given more than once
  --json                   print one line of JSON instead of text
  --help                   show this
  --version                show the version
`;

/** @throws {UsageError} */
export function parseArguments(argv: readonly string[]): Command {
  const values = parsed(argv);
  if (values.help) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  return {
    kind: 'serve',
    json: values.json ?? false,
    options: {
      port: wholeNumber('--port', values.port ?? '4010', 65_535),
      host: values.host ?? '127.0.0.1',
      callbackDelayMs: wholeNumber('--callback-delay', values['callback-delay'] ?? '0', 600_000),
      webhookUrl: webhookUrls(values['webhook-url'] ?? []),
    },
  };
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        'callback-delay': { type: 'string' },
        'webhook-url': { type: 'string', multiple: true },
        json: { type: 'boolean' },
        help: { type: 'boolean' },
        version: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(isNativeError(error) ? error.message : 'Cannot read the arguments');
  }
}

function webhookUrls(urls: readonly string[]): readonly string[] {
  if (urls.every(isWebhookUrl)) return urls;
  throw new UsageError('--webhook-url must be https, or http on a loopback address');
}

function wholeNumber(option: string, text: string, maximum: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (!(value <= maximum)) {
    throw new UsageError(`${option} must be a whole number from 0 to ${maximum}`);
  }
  return value;
}
