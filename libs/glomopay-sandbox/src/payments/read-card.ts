import type { Fields } from '../http/fields.js';
import { GatewayError } from '../http/gateway-error.js';
import type { Environment } from '../keys/secret-key.js';
import type { CardDetails } from './payment.js';
import { testCardBehaviour } from './test-cards.js';
import type { CardBehaviour } from './test-cards.js';

/** A card as sent. It lives for one request; only {@link keptOfCard} outlives it. */
export interface SentCard {
  readonly number: string;
  readonly holderName: string;
}

/** INFERRED: how a card off the list behaves is only a question for a key of production. */
const UNLISTED: CardBehaviour = { network: 'Visa', asksBuyer: true, succeeds: true };

/** Reads and checks `card`. The CVV is checked for its form and forgotten. */
export function readCard(card: Fields | undefined): SentCard {
  if (!card) return { number: '', holderName: '' };
  card.requiredText('expiry_month', { pattern: /^(0[1-9]|1[0-2])$/ });
  card.requiredText('expiry_year', { pattern: /^\d{4}$/ });
  card.requiredText('cvv', { pattern: /^\d{3,4}$/ });
  return {
    number: card.requiredText('number', { pattern: /^\d{12,19}$/ }),
    holderName: card.requiredText('holder_name', { maxLength: 128 }),
  };
}

/** @throws {GatewayError} when a sandbox key is used with a card that is not on the test list. */
export function behaviourOf(card: SentCard, environment: Environment): CardBehaviour {
  const behaviour = testCardBehaviour(card.number);
  if (behaviour) return behaviour;
  if (environment === 'production') return UNLISTED;
  throw GatewayError.badRequest('Card is not a valid test card');
}

/** The first six digits, the last four and the name: what may be kept. */
export function keptOfCard(card: SentCard, behaviour: CardBehaviour): CardDetails {
  return {
    card_network: behaviour.network,
    card_type: 'credit',
    end_digits: card.number.slice(-4),
    country_code: 'US',
    card_holder_name: card.holderName,
    card_bin: card.number.slice(0, 6),
    issuer_name: 'Sandbox Bank',
  };
}

/**
 * Refuses a request that repeats the card number outside `card.number` (INFERRED): the gateway
 * would store it in notes or a name, and show it to whoever reads the payment.
 */
export function refuseRepeatedNumber(card: SentCard, kept: readonly unknown[]): void {
  const digits = JSON.stringify(kept).replaceAll(/[\s-]|%20/g, '');
  if (card.number && digits.includes(card.number)) {
    throw GatewayError.validation(['Card number must not be sent in any other field']);
  }
}
