/**
 * SQL: the key of an event by its id, 128 of the 256 bits that the id is a hash of. Beside the account they
 * say which event is known. From the seventh character on: there the hash of a follow-up begins, after its
 * `after-`, and no delivery has the key of one by having a body of the same bytes.
 */
export function keyOf(id: string): string {
  return `substr(${id}, 7, 32)::uuid`;
}

/**
 * SQL: the end of the hour of a moment. To the hour, because keys of one hour then share their place in the
 * index of age, which makes that a fifth of the size; its end, so that none is forgotten early.
 */
export function endOfHour(moment: string): string {
  return `date_trunc('hour', ${moment}) + interval '1 hour'`;
}
