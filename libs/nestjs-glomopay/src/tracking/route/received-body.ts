import type { Readable } from 'node:stream';
import { bodyIn } from '../../webhooks/webhook-request.js';
import { MAX_WEBHOOK_BYTES } from '../../webhooks/webhook-verifier.js';
import { readBody, type ReadBody } from './read-body.js';

const READ_WITHIN_MS = 20_000;

/** The body of a delivery as it came, or why it did not arrive. */
export type ReceivedBody =
  { readonly bytes: Uint8Array | string } | { readonly fault: Extract<ReadBody, string> };

/**
 * What something of the host has kept of a body, else what is still to be read of it. Undefined: it
 * was read, and nothing was kept of it.
 */
export async function receivedBody(
  request: object,
  stream: Readable,
): Promise<ReceivedBody | undefined> {
  const kept = bodyIn(request);
  if (kept !== undefined) return { bytes: kept };
  if (stream.readableEnded) return undefined;
  const read = await readBody(stream, MAX_WEBHOOK_BYTES, READ_WITHIN_MS);
  return typeof read === 'string' ? { fault: read } : { bytes: read };
}
