import { isGlomopayError } from '../errors/any-glomopay.error.js';
import { answerFor } from '../exceptions/answer-for.js';
import type { GlomopayErrorAnswer } from '../exceptions/error-answer.js';

const refusals = {
  not_found: [404, 'Not Found', 'There is nothing of this name.'],
  no_account: [404, 'Not Found', 'There is no such account here, or it is not tracked.'],
  unusable: [
    503,
    'Service Unavailable',
    'The options of this account cannot be used: the log of the application says why.',
  ],
  cross_site: [403, 'Forbidden', 'Only the page of the operations itself may ask for this.'],
  no_actor: [
    403,
    'Forbidden',
    'Nobody can close a record here: the application does not say who is behind a request (option actor).',
  ],
  media_type: [415, 'Unsupported Media Type', 'The body must be JSON, as application/json.'],
  too_large: [413, 'Payload Too Large', 'The body is too large.'],
  busy: [409, 'Conflict', 'A comparison of this account is under way in this process.'],
  not_stored: [503, 'Service Unavailable', 'The database did not answer. Nothing was changed.'],
  failed: [
    500,
    'Internal Server Error',
    'It failed, and nothing was written: the log of the application says why.',
  ],
} as const satisfies Record<string, readonly [number, string, string]>;

/** Why the operations do not do what was asked, beside what the library's own errors say. */
export type OperationsRefusalReason = keyof typeof refusals;

/** The body of an answer to a request that was refused or failed: the shape of `GlomopayErrorAnswer`. */
export type OperationsErrorAnswer = Omit<GlomopayErrorAnswer, 'code'> & {
  readonly code: GlomopayErrorAnswer['code'] | `GLOMOPAY_OPERATIONS_${string}`;
};

/** Thrown where a request goes no further. */
export class OperationsRefusal extends Error {
  constructor(readonly why: OperationsRefusalReason) {
    super(refusals[why][2]);
  }
}

/** Whether it is told in words of ours; of everything else the log has to say what it is. */
export function isKnown(thrown: unknown): boolean {
  return thrown instanceof OperationsRefusal || isGlomopayError(thrown);
}

/** The answer to whatever was thrown; what is not ours is told as a failure, without its words. */
export function errorAnswerOf(thrown: unknown): OperationsErrorAnswer {
  if (isGlomopayError(thrown)) {
    const { body } = answerFor(thrown);
    // Its message is a fixed text that says what stands.
    return thrown.code === 'GLOMOPAY_NOT_RESOLVABLE' || thrown.code === 'GLOMOPAY_VALIDATION'
      ? { ...body, message: thrown.message }
      : body;
  }
  const why = thrown instanceof OperationsRefusal ? thrown.why : 'failed';
  const [statusCode, error, message] = refusals[why];
  return {
    statusCode,
    error,
    code: `GLOMOPAY_OPERATIONS_${why.toUpperCase()}`,
    outcome: 'not_sent',
    message,
  };
}
