/** The places of the checkout form a problem can be shown at. `form` is the form as a whole. */
export const fields = [
  'product',
  'currency',
  'holderName',
  'number',
  'expiryMonth',
  'expiryYear',
  'cvv',
  'form',
] as const;

export type Field = (typeof fields)[number];

/** One thing to correct. The text is always one of ours, never what was sent. */
export interface FieldProblem {
  readonly field: Field;
  readonly message: string;
}

const messages: Readonly<Record<Field, string>> = {
  product: 'Choose one of our products.',
  currency: 'Choose one of the currencies we take.',
  holderName: 'Enter the name as it is on the card.',
  number: 'Enter the card number: 12 to 19 digits.',
  expiryMonth: 'Enter the month as two digits, 01 to 12.',
  expiryYear: 'Enter the year as four digits.',
  cvv: 'Enter the 3 or 4 digit security code.',
  form: 'The request has parts this shop does not know. Reload the page and try again.',
};

const namesOnTheWire = new Map<string, Field>([
  ...fields.map((field): [string, Field] => [field, field]),
  ['holder_name', 'holderName'],
  ['expiry_month', 'expiryMonth'],
  ['expiry_year', 'expiryYear'],
]);

/** The problem of a field by its name; a name we did not give counts as `form` and is dropped. */
export function problemWith(name: string): FieldProblem {
  const field = namesOnTheWire.get(name) ?? 'form';
  return { field, message: messages[field] };
}
