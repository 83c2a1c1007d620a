import type { EventKey, HandlerProgress, InboxEvent } from '../inbox-event.js';

/** An event of a `MemoryInboxStore`, with what the inbox does not show. */
export interface MemoryEvent extends Omit<InboxEvent, 'handlers'> {
  readonly body: Buffer;
  readonly token: number;
  /** Handlers by name. */
  readonly progress: Map<string, HandlerProgress>;
}

/** The events of a `MemoryInboxStore`, in the order of arrival. */
export class MemoryEvents {
  readonly #events = new Map<string, MemoryEvent>();
  /** What is known, also when it was purged since. */
  readonly #keys = new Map<string, Pick<MemoryEvent, 'account' | 'id' | 'receivedAt'>>();

  get(key: EventKey): MemoryEvent | undefined {
    return this.#events.get(idOf(key));
  }

  put(event: MemoryEvent): void {
    this.#events.set(idOf(event), event);
  }

  isKnown(key: EventKey): boolean {
    return this.#keys.has(idOf(key));
  }

  add(event: MemoryEvent): void {
    const { account, id, receivedAt } = event;
    this.#keys.set(idOf(event), { account, id, receivedAt });
    this.put(event);
  }

  /** Its key stays. */
  forget(key: EventKey): void {
    this.#events.delete(idOf(key));
  }

  /** Forgets the keys of an account that are that old, but for those whose events are there. */
  forgetKeys(account: string, before: number): number {
    const old = [...this.#keys].filter(
      ([id, key]) =>
        key.account === account && key.receivedAt.getTime() < before && !this.#events.has(id),
    );
    for (const [id] of old) this.#keys.delete(id);
    return old.length;
  }

  /** Accounts with an event of which this holds. */
  accounts(holds: (event: MemoryEvent) => boolean): string[] {
    return [...new Set([...this.#events.values()].filter(holds).map(({ account }) => account))];
  }

  of(account: string): MemoryEvent[] {
    return [...this.#events.values()].filter((event) => event.account === account);
  }
}

/** A key as one text. */
export function idOf({ account, id }: EventKey): string {
  return JSON.stringify([account, id]);
}

/** How far the handlers of an event have come, by name. */
export function progressOf({ progress }: MemoryEvent): HandlerProgress[] {
  return [...progress.values()].toSorted((one, other) => (one.handler < other.handler ? -1 : 1));
}

/** An event as the inbox shows it. */
export function shown(event: MemoryEvent): InboxEvent {
  const { body: _, token: __, progress: ___, ...members } = event;
  return { ...members, handlers: progressOf(event) };
}

/** When an event is to be worked on, in milliseconds; never is infinite. */
export function dueMs({ nextTryAt }: MemoryEvent): number {
  return nextTryAt?.getTime() ?? Number.POSITIVE_INFINITY;
}
