/**
 * SQL: the key of an event by its id, 128 of the 256 bits that the id is a hash of. Beside the account they say
 * which event is known. From the seventh character on: there the hash of a follow-up begins, after its
 * `after-`, and no delivery has the key of one by having a body of the same bytes.
 */
export function keyOf(id: string): string {
  return `UNHEX(SUBSTR(${id}, 7, 32))`;
}

/** The same of an id that is here, in hex. */
export function keyTextOf(id: string): string {
  return id.slice(6, 38).toLowerCase();
}
