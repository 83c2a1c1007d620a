import { GlomopayError } from '../errors/glomopay.error.js';
import { GlomopayOutcomeUnknownError } from '../errors/outcome-unknown.error.js';
import type { GatewayCall, SendResult } from './gateway-call.js';
import { operationName } from './operation.js';
import type { RequestOptions } from './request-options.js';

/** A change that ends in the same state however often it is sent, and how to see whether it has happened. */
export interface ConvergingChange<T> {
  /** Its decoder gives null where the body of the answer is not documented; the object is fetched then. */
  readonly call: GatewayCall<T | null>;
  /** Fetches the object. */
  readonly read: (options: RequestOptions) => Promise<T>;
  /** Whether the object is as the change leaves it. */
  readonly reached: (now: T) => boolean;
}

/**
 * The object after a change. Where no answer came back, it is fetched once, and given back when it is as
 * the change leaves it; otherwise nobody knows, because the change may still be on its way.
 */
export async function changedOnce<T>(
  { call, read, reached }: ConvergingChange<T>,
  result: SendResult<T | null>,
): Promise<T> {
  if (result.kind === 'answered') {
    return result.value ?? read(call.options ?? {}).catch(unfetched(call));
  }
  const { failure, lookUp, deadline } = result;
  if (lookUp === 'no') throw failure;
  const deadlineMs = Math.max(1, deadline.left());
  const now = await read({ signal: call.options?.signal, deadlineMs }).catch((thrown: unknown) => {
    throw thrown instanceof GlomopayError ? failure : thrown;
  });
  if (!reached(now)) throw failure;
  return now;
}

/** It has happened, and what came of it is not known: no error of a read may say that nothing was done. */
function unfetched({ operation }: GatewayCall<unknown>): (thrown: unknown) => never {
  return (thrown) => {
    if (!(thrown instanceof GlomopayError)) throw thrown;
    throw new GlomopayOutcomeUnknownError(
      {
        call: operationName(operation),
        attempts: 1,
        reason: 'the gateway accepted it, and the object could not be fetched afterwards',
        advice: 'Fetch the object; the change need not be made again.',
      },
      { cause: thrown },
    );
  };
}

/** Whether an object has every member as it was sent. */
export function shows(
  { raw }: { readonly raw: Readonly<Record<string, unknown>> },
  sent: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(sent).every(([name, value]) => raw[name] === value);
}
