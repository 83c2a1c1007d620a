import type { Emitter } from '../connections/emitter.js';

type Hear = (client: unknown) => void;

const emitters = new WeakMap<object, Emitter>();

/**
 * What a pool tells of new connections, in the words of a pool of `pg`, so that a `PoolWatch` can be over
 * it: one emitter for each pool. Pools that listen to their clients for as long as these live need no other
 * event.
 *
 * @param whenMade Has the listener called with each client that the pool makes.
 */
export function poolEvents(pool: object, whenMade: (hear: Hear) => void): Emitter {
  const emitter = emitters.get(pool) ?? newEmitter(whenMade);
  emitters.set(pool, emitter);
  return emitter;
}

function newEmitter(whenMade: (hear: Hear) => void): Emitter {
  return {
    on(event, listener) {
      if (event === 'connect') whenMade(listener);
    },
    removeListener: () => undefined,
  };
}
