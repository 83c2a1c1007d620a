/** Finds what must never be kept: card numbers of these tests, in the ways texts are written. */
export function cardTraces(text: string): string[] {
  const numbers = ['4532442222222222', '4111111111111111'];
  const spellings = numbers.flatMap((number) => [
    number,
    number.replace(/(.{4})(?=.)/g, '$1 '),
    number.replace(/(.{4})(?=.)/g, '$1-'),
    Buffer.from(number).toString('hex'),
    Buffer.from(number).toString('base64').slice(0, 20),
    Buffer.from(` ${number}`).toString('base64').slice(4, 20),
    Buffer.from(`  ${number}`).toString('base64').slice(4, 20),
    [...Buffer.from(number)].join(','),
    [...Buffer.from(number)].join(', '),
  ]);
  const found = spellings.filter((spelling) => text.includes(spelling));
  return /(?<!\d)8317(?!\d)/.test(text) ? [...found, 'security code'] : found;
}
