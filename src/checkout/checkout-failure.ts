import {
  GlomopayApiError,
  GlomopayRequestIdConflictError,
  GlomopayValidationError,
  isGlomopayError,
} from 'nestjs-glomopay';
import { ShopProblem } from '../problems/shop-problem.js';
import { type Field, problemWith } from './field-problem.js';

const fieldsOfCodes = new Map<string, Field>([
  ['INVALID_CARD_NUMBER', 'number'],
  ['INVALID_CARD', 'number'],
  ['INVALID_CARD_CVV', 'cvv'],
  ['INVALID_CARD_EXPIRY_DATE', 'expiryYear'],
  ['CARD_EXPIRED', 'expiryYear'],
]);

/**
 * Whether a payment may exist after this error. Only what is known to have done nothing counts as
 * nothing: an error we did not expect is treated like a lost answer, and so is another payment found
 * under our request id.
 */
export function happenedAtTheGateway(error: unknown): boolean {
  const isSettled = isGlomopayError(error) && !(error instanceof GlomopayRequestIdConflictError);
  return !isSettled || error.outcome === 'unknown';
}

/** The answer to a card that was refused before a payment began, or nothing for other errors. */
export function refusedCard(error: unknown): ShopProblem | undefined {
  if (error instanceof GlomopayValidationError) {
    const names = error.violations.map(({ path }) => path.split('.').at(-1) ?? '');
    return ShopProblem.withErrors(422, names.map(problemWith));
  }
  if (!(error instanceof GlomopayApiError) || (error.status !== 400 && error.status !== 422)) {
    return undefined;
  }
  const field =
    fieldsOfCodes.get(error.gatewayCode ?? '') ??
    (/\bcard\b/i.test(error.gatewayMessage ?? '') ? 'number' : 'form');
  return ShopProblem.withErrors(422, [
    {
      field,
      message:
        field === 'form'
          ? 'The bank did not accept this payment. Nothing was charged.'
          : 'The bank did not accept this card. Check it or use another one. Nothing was charged.',
    },
  ]);
}

/** The answer when the gateway could not be used and certainly charged nothing. */
export function unavailable(): ShopProblem {
  return ShopProblem.withMessage(
    503,
    'We cannot reach the bank at the moment. Nothing was charged. Please try again in a minute.',
    30,
  );
}
