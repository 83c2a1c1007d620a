import { buildMessage, ValidateBy, type ValidationOptions } from 'class-validator';
import { reveal, Secret } from '../../values/secret.js';

/** A text of the grammar; reads through the mask of a card's member. */
export function IsCardText(
  grammar: RegExp,
  words: string,
  options?: ValidationOptions,
  name = 'isCardText',
): PropertyDecorator {
  const message = buildMessage((prefix) => `${prefix}$property ${words}`, options);
  return ValidateBy(
    {
      name,
      constraints: [grammar],
      validator: {
        validate: (value) => {
          const text: unknown = value instanceof Secret ? reveal(value) : value;
          return typeof text === 'string' && grammar.test(text);
        },
        defaultMessage: message,
      },
    },
    options,
  );
}

/**
 * Card number: 12 to 19 digits. No Luhn check and no brand check, because the gateway's own test
 * cards fail both (docs/gateway.md, Test cards and amount 6623).
 */
export function IsCardNumber(options?: ValidationOptions): PropertyDecorator {
  return IsCardText(
    /^\d{12,19}$/,
    'must be 12 to 19 digits without spaces',
    options,
    'isCardNumber',
  );
}

/** Security code: three or four digits. */
export function IsCvv(options?: ValidationOptions): PropertyDecorator {
  return IsCardText(/^\d{3,4}$/, 'must be three or four digits', options, 'isCvv');
}
