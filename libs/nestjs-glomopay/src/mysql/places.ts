/** A `?` for each, between commas. */
export function placesFor(values: readonly unknown[]): string {
  return values.map(() => '?').join(', ');
}
