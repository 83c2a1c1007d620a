import { TransportFailure } from '../../http/transport-failure.js';
import { bytesOf, refusal, type ScriptedAnswer } from './scripted-answer.js';

/**
 * What goes wrong with a request:
 * - `'never-connected'`: refused before anything was sent; it is safe to try again;
 * - `'reset-before-processing'`: sent, and the connection broke; nothing was done, but nobody knows;
 * - `'drop-after-commit'`: done, and the connection broke before the answer;
 * - `'timeout'`: sent and never answered; nothing was done, but nobody knows;
 * - `'timeout-after-commit'`: done, and never answered;
 * - `'latency'`, `'latency-after-commit'`: the same as `'timeout'` and `'timeout-after-commit'`; no time
 *   passes here, so a late answer is one that comes too late;
 * - `'truncated-json'`: done, and half of the answer is missing;
 * - `'server-error'`: a 500; nothing was done;
 * - `'rate-limit'`: a 429; nothing was done.
 */
export type ScriptedFault = keyof typeof faults;

/** The gateway's own answer, when it carries the request out. */
type CarryOut = () => ScriptedAnswer;

const faults = {
  'never-connected': () => lost(new TransportFailure('connection', true)),
  'reset-before-processing': () => lost(new TransportFailure('connection', false)),
  'drop-after-commit': (carryOut) => {
    carryOut();
    return lost(new TransportFailure('connection', false));
  },
  timeout: neverAnswered,
  latency: neverAnswered,
  'timeout-after-commit': answeredTooLate,
  'latency-after-commit': answeredTooLate,
  'truncated-json': (carryOut) => {
    const answer = carryOut();
    const text = bytesOf(answer).toString('utf8');
    return { ...answer, body: text.slice(0, text.length / 2) };
  },
  'server-error': () => refusal(500, 'Internal Server Error', 'Something went wrong'),
  'rate-limit': () => refusal(429, 'Too Many Requests', 'Rate limit exceeded'),
} satisfies Record<string, (carryOut: CarryOut) => ScriptedAnswer>;

function neverAnswered(): never {
  throw new TransportFailure('timeout', false);
}

function answeredTooLate(carryOut: CarryOut): never {
  carryOut();
  throw new TransportFailure('timeout', false);
}

function lost(failure: TransportFailure): never {
  throw failure;
}

/** @throws {TypeError} there is no such fault. */
export function assertFault(fault: ScriptedFault): void {
  if (Object.hasOwn(faults, fault)) return;
  throw new TypeError(`A request fails as one of: ${Object.keys(faults).join(', ')}`);
}

/** @throws {TransportFailure} what the HTTP layer would have thrown. */
export function failing(fault: ScriptedFault, carryOut: CarryOut): ScriptedAnswer {
  return faults[fault](carryOut);
}
