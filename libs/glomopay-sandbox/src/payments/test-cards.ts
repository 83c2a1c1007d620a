/** What a card number makes happen. */
export interface CardBehaviour {
  readonly network: CardNetwork;
  /** Whether the bank asks the buyer; without, the 3DS page completes at once. */
  readonly asksBuyer: boolean;
  readonly succeeds: boolean;
}

export type CardNetwork = 'American Express' | 'Mastercard' | 'Visa';

/** A row of the published list. */
export interface TestCard extends CardBehaviour {
  readonly number: string;
}

/**
 * The gateway's published test cards, networks as listed there.
 *
 * The last one is a published sample and on no list (INFERRED: success; docs/gateway.md, Test cards
 * and amount 6623).
 */
export const testCards: readonly TestCard[] = [
  amex('3466241111111111', 'no OTP', 'success'),
  amex('3469122222222222', 'OTP', 'success'),
  amex('3490881111111112', 'no OTP', 'failure'),
  amex('3790802222222223', 'OTP', 'failure'),
  mastercard('4916531111111111', 'no OTP', 'success'),
  mastercard('4376702222222222', 'OTP', 'success'),
  mastercard('4532271111111112', 'no OTP', 'failure'),
  mastercard('4556822222222223', 'OTP', 'failure'),
  visa('4532491111111111', 'no OTP', 'success'),
  visa('4532442222222222', 'OTP', 'success'),
  visa('4556891111111112', 'no OTP', 'failure'),
  visa('4597262222222223', 'OTP', 'failure'),
  visa('4111111111111111', 'OTP', 'success'),
];

const BY_NUMBER = new Map(testCards.map(({ number, ...behaviour }) => [number, behaviour]));

/** What a listed card does, or `undefined` for any other number. */
export function testCardBehaviour(cardNumber: string): CardBehaviour | undefined {
  return BY_NUMBER.get(cardNumber);
}

function amex(...row: Row): TestCard {
  return listed('American Express', row);
}

function mastercard(...row: Row): TestCard {
  return listed('Mastercard', row);
}

function visa(...row: Row): TestCard {
  return listed('Visa', row);
}

type Row = [number: string, otp: 'OTP' | 'no OTP', outcome: 'success' | 'failure'];

function listed(network: CardNetwork, [number, otp, outcome]: Row): TestCard {
  return { number, network, asksBuyer: otp === 'OTP', succeeds: outcome === 'success' };
}
