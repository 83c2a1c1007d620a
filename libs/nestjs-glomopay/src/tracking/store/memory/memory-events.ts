import type { EventKey, HandlerProgress, InboxEvent } from '../inbox-event.js';

/** An event of a `MemoryInboxStore`, with what the inbox does not show. */
export interface MemoryEvent extends Omit<InboxEvent, 'handlers'> {
  /** Undefined when it was purged. */
  readonly body: Buffer | undefined;
  readonly token: number;
  /** Handlers by name. */
  readonly progress: Map<string, HandlerProgress>;
}

/** The events of a `MemoryInboxStore`, in the order of arrival. */
export class MemoryEvents {
  readonly #events = new Map<string, MemoryEvent>();

  get(key: EventKey): MemoryEvent | undefined {
    return this.#events.get(idOf(key));
  }

  put(event: MemoryEvent): void {
    this.#events.set(idOf(event), event);
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
