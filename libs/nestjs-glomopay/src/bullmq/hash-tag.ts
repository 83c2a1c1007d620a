/**
 * What the keys of one account begin with. The scripts of a queue need all their keys in one slot of a
 * Redis Cluster, so the prefix becomes a hash tag, one per account: accounts spread over the cluster.
 * A prefix with a hash tag of its own stays as it is.
 */
export function taggedPrefix(prefix: string, account: string): string {
  return hasHashTag(prefix) ? prefix : `{${prefix}:${encodeURIComponent(account)}}`;
}

/** Whether Redis takes a part of it for the slot: what is between its first braces, if anything is. */
export function hasHashTag(prefix: string): boolean {
  return /^[^{]*\{[^}]+\}/.test(prefix);
}
