/** A card the gateway's sandbox accepts; real ones are refused there, and these elsewhere. */
export interface TestCard {
  readonly number: string;
  readonly label: string;
  readonly outcome: string;
}

export const testCards: readonly TestCard[] = [
  { number: '4532442222222222', label: 'Visa', outcome: 'bank check, then paid' },
  { number: '4532491111111111', label: 'Visa', outcome: 'paid at once' },
  { number: '3469122222222222', label: 'American Express', outcome: 'bank check, then paid' },
  { number: '4597262222222223', label: 'Visa', outcome: 'bank check, then declined' },
  { number: '4556891111111112', label: 'Visa', outcome: 'declined at once' },
];
