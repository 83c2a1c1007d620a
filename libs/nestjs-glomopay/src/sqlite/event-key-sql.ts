/**
 * SQL: the key of an event by its id, 128 of the 256 bits that the id is a hash of, as hex. Beside the account
 * they say which event is known. From the seventh character on: there the hash of a follow-up begins, after
 * its `after-`, and no delivery has the key of one by having a body of the same bytes.
 */
export function keyOf(id: string): string {
  return `substr(${id}, 7, 32)`;
}
