import { AsyncLocalStorage } from 'node:async_hooks';

/** Somebody who is at work somewhere, for as long as the work takes. */
export interface Stay {
  readonly at: object;
  /** The one of which this is a part. */
  readonly outer: Stay | undefined;
  isOver: boolean;
}

const stays = new AsyncLocalStorage<Stay>();

/** Does work that knows where it is. */
export async function staying<T>(at: object, work: () => Promise<T>): Promise<T> {
  const stay: Stay = { at, outer: stays.getStore(), isOver: false };
  try {
    return await stays.run(stay, work);
  } finally {
    stay.isOver = true;
  }
}

/** Whether the caller is at work there, so that it would wait for itself if it waited for the end of that. */
export function isStayingAt(at: object): boolean {
  for (let stay = stays.getStore(); stay !== undefined; stay = stay.outer) {
    if (stay.at === at && !stay.isOver) return true;
  }
  return false;
}

/** Takes along where the caller is, into whatever async context the work runs in. */
export function stayingOn<T>(): (work: () => T) => T {
  const stay = stays.getStore();
  return stay === undefined ? (work) => work() : (work) => stays.run(stay, work);
}
