/**
 * Lends a transaction for as long as the work takes. Work that was started and not awaited (one of
 * several promises failed, a time limit passed) would otherwise write through a connection that
 * meanwhile belongs to the transaction of another payment; lent, it gets a `TypeError`. A transaction
 * may be an object, or a function with methods (Knex, postgres.js).
 */
export async function lend<Tx>(tx: Tx, work: (tx: Tx) => Promise<void>): Promise<void> {
  if (!isLendable(tx)) return work(tx);
  const { proxy, revoke } = Proxy.revocable(tx, {
    // Methods are bound to the real object: drivers reach for private members through `this`.
    get(target, member) {
      const value: unknown = Reflect.get(target, member, target);
      const isMethod = typeof value === 'function' && member !== 'constructor';
      return isMethod && mayBeReplaced(target, member) ? value.bind(target) : value;
    },
    set: (target, member, value) => Reflect.set(target, member, value, target),
  });
  try {
    await work(proxy);
  } finally {
    revoke();
  }
}

/** A proxy must show a constant own member as it is. */
function mayBeReplaced(target: object, member: PropertyKey): boolean {
  const own = Reflect.getOwnPropertyDescriptor(target, member);
  return own === undefined || own.configurable === true || own.writable === true;
}

function isLendable(value: unknown): value is object {
  return typeof value === 'function' || (typeof value === 'object' && value !== null);
}
