/** Names an event in the inbox, one account's own. */
export interface EventKey {
  /** Name of the merchant account; `default` for the unnamed one. */
  readonly account: string;
  /**
   * The SHA-256 (hex) of the raw body, the same for every byte-identical delivery; `after-` and another
   * one for what follows an outcome.
   */
  readonly id: string;
}

/** An event as it arrived, its signature verified, its content not read so far. */
export interface ReceivedEvent extends EventKey {
  readonly body: Buffer;
}

/**
 * Where an event stands:
 * - `open`: handlers have to run, for the first time or again;
 * - `handled`: every handler is done, or there is none;
 * - `failed`: parked. A handler has failed its last try, or the body cannot be read; a person has to
 *   look, and can have it done again with `replay`.
 */
export type InboxState = 'open' | 'handled' | 'failed';

/** How far one handler has come with one event. */
export interface HandlerProgress {
  /** `Class.method`. */
  readonly handler: string;
  readonly state: 'open' | 'done' | 'failed';
  /** How often it has failed. */
  readonly tries: number;
  /** What it said when it last failed, without anything that looks like card data or a key. */
  readonly error: string | null;
}

/** What the inbox knows of an event. The payload is given out by itself. */
export interface InboxEvent extends EventKey {
  /** `payment.success`, `after.payment.succeeded`; null until the event has been read, and when it cannot be read. */
  readonly type: string | null;
  /** The gateway's id of what the event is about, when it has one: `payt_…`, `order_…`. */
  readonly objectId: string | null;
  readonly state: InboxState;
  /** Why a body could not be read. */
  readonly reason: string | null;
  readonly receivedAt: Date;
  /** When it is worked on next, or its lease ends; null when it never will be. */
  readonly nextTryAt: Date | null;
  readonly handlers: readonly HandlerProgress[];
}

/** An event that this process works on until the lease ends. */
export interface ClaimedEvent extends ReceivedEvent {
  /** Grows with every claim: what an older claim still wants to write is refused. */
  readonly token: number;
  /** Handlers that have run before. */
  readonly handlers: readonly HandlerProgress[];
}

/** What a process has to say when it has worked on an event. */
export interface InboxConclusion {
  readonly type: string | null;
  readonly objectId: string | null;
  readonly state: InboxState;
  readonly reason: string | null;
  /** When to work on an `open` one again, in milliseconds from now; ignored for the others. */
  readonly nextTryMs: number;
  /** The handlers that ran, and where they stand now. */
  readonly handlers: readonly HandlerProgress[];
}

/** Which events `list` gives, newest first. */
export interface InboxFilter {
  readonly state?: InboxState | undefined;
  /** Events about one object of the gateway. */
  readonly objectId?: string | undefined;
  /** Only events received before this. */
  readonly before?: Date | undefined;
  /** At most this many, 1 to 1000. */
  readonly limit: number;
}
