/** What is shown of a number that says who somebody is: nothing of a short one, else its last four. */
export function lastFour(number: unknown): string {
  if (typeof number !== 'string') return 'empty';
  return number.length < 8 ? '***' : `***${number.slice(-4)}`;
}
