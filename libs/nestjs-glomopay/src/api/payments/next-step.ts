import { safeUrl } from '../../values/urls.js';
import { GlomopayResponseMalformedError } from '../../errors/response-malformed.error.js';
import { looseInteger, looseText, text } from '../../wire/readers.js';
import { WireObject } from '../../wire/wire-object.js';

/** What the merchant does after a payment was created. Steps are found by action, never by place. */
export type NextStep = RedirectStep | PollStep | UnknownStep;

/** Send the buyer's browser there for authentication. The URL carries a token: do not log it. */
export interface RedirectStep {
  readonly action: 'redirect';
  readonly url: string;
}

/** Ask for the payment until it is final. */
export interface PollStep {
  readonly action: 'poll';
  /** As the gateway gave it, or null; this library builds its own path and never follows it. */
  readonly url: string | null;
  /** Pause between two looks, in milliseconds; null when the gateway named none. */
  readonly intervalMs: number | null;
}

/** A step that this version does not know. */
export interface UnknownStep {
  readonly action: 'unknown';
  /** The action as the gateway spells it. */
  readonly name: string;
  readonly raw: Readonly<Record<string, unknown>>;
}

/** Reads the steps of an answer; unknown actions are kept. */
export function decodeNextSteps(value: unknown, path: string): readonly NextStep[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new GlomopayResponseMalformedError(path, 'a list');
  return value.map((entry, index) => decodeNextStep(new WireObject(`${path}[${index}]`, entry)));
}

function decodeNextStep(step: WireObject): NextStep {
  const action = step.read('action', text);
  if (action !== 'redirect' && action !== 'poll')
    return { action: 'unknown', name: action, raw: step.raw };
  const payload = step.read('payload', (value, path) => new WireObject(path, value));
  if (action === 'redirect') return { action, url: payload.read('url', redirectUrl) };
  return {
    action,
    url: payload.read('url', looseText),
    intervalMs: payload.read('interval_in_ms', looseInteger),
  };
}

/**
 * A URL that a buyer may be sent to. Anything a browser could read as a script, another host or
 * user info is refused, as an answer that is not the gateway's.
 */
function redirectUrl(value: unknown, path: string): string {
  const url = safeUrl(value);
  if (url === undefined) throw new GlomopayResponseMalformedError(path, 'an absolute https URL');
  return String(value);
}
