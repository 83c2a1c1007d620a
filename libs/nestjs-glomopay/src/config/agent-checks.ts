/** TLS settings of an agent that would make the connection weaker than the library allows. */
const WEAK_VERSIONS: readonly unknown[] = ['TLSv1', 'TLSv1.1'];

/** What Node takes for an agent; anything else fails each call. */
export function isAgent(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'addRequest') === 'function'
  );
}

/**
 * Says how a host's agent weakens TLS: certificate checks off or replaced, versions below 1.2.
 * Pin a certificate authority with the agent's `ca` instead.
 */
export function tlsWeakness(agent: unknown): string | undefined {
  if (typeof agent !== 'object' || agent === null) return 'must be an https.Agent';
  for (const member of ['options', 'connectOpts'] as const) {
    const options: unknown = Reflect.get(agent, member);
    if (typeof options !== 'object' || options === null) continue;
    const read = (name: string): unknown => Reflect.get(options, name);
    if (read('rejectUnauthorized') !== undefined && read('rejectUnauthorized') !== true) {
      return 'must not switch certificate checks off (rejectUnauthorized)';
    }
    if (read('checkServerIdentity') !== undefined) {
      return 'must not replace the host name check (checkServerIdentity); pin with ca';
    }
    if (WEAK_VERSIONS.includes(read('minVersion')) || WEAK_VERSIONS.includes(read('maxVersion'))) {
      return 'must not allow TLS below 1.2 (minVersion, maxVersion)';
    }
    if (read('secureContext') !== undefined) {
      return 'must not bring a secureContext, which cannot be checked; pin with ca';
    }
    if (read('secureProtocol') !== undefined) {
      return 'must not choose a TLS version by secureProtocol; use minVersion';
    }
  }
  return undefined;
}
