import { Inject, Injectable, Logger } from '@nestjs/common';
import type { HandlerKind, HandlerNote, NotedHandler } from '../store/handler-note.js';
import { notesOf, type StoreNotes } from './store-notes.js';
import type { TrackingConfig } from '../config/tracking-options.js';
import { TrackingStore } from '../store/tracking-store.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { Seldom } from '../../values/seldom.js';

/**
 * A handler that no process has noted for so long was given up, or renamed: a process that has others of
 * its kind goes on without it.
 */
const GIVEN_UP_MS = 2 * 60_000;
/** A process that has none of a kind does not stand in for those that have, for as long as this. */
const FORGOTTEN_MS = 7 * 24 * 60 * 60_000;
/** What hears of a movement in the transaction that records it, or because of it. */
const concluding = [
  'outcome',
  'refund_outcome',
  'milestone',
  'after_outcome',
  'after_refund_outcome',
] as const satisfies readonly HandlerKind[];
const READ_EVERY_MS = 1_000;
const SAY_EVERY_MS = 60_000;

/**
 * Knows whether this process has every handler that others on the same store have. Only such a process
 * concludes: an outcome or an event that it concluded would never reach the handlers it lacks.
 */
@Injectable()
export class HandlerRoll {
  readonly #logger = new Logger('Glomopay');
  readonly #config: TrackingConfig;
  readonly #notes: StoreNotes;
  readonly #seldom = new Seldom(SAY_EVERY_MS);
  #own: readonly HandlerNote[] = [];
  #compared:
    | { readonly noted: readonly NotedHandler[]; readonly foreign: readonly NotedHandler[] }
    | undefined;
  #hasBegun = false;
  #hasJoined = false;
  #hasSaidEarly = false;

  constructor(
    @Inject(GLOMOPAY_TRACKING_CONFIG) config: TrackingConfig,
    @Inject(TrackingStore) store: TrackingStore,
  ) {
    this.#config = config;
    this.#notes = notesOf(store);
  }

  /** Takes down what this process hears, and warns of what others have heard and this process does not. */
  async begin(own: readonly HandlerNote[]): Promise<void> {
    if (!this.#config.work) return;
    this.#own = own;
    this.#compared = undefined;
    this.#hasJoined = true;
    await this.#notes.join(own);
    this.#hasBegun = true;
    if (this.#config.atRunTime === 'one') return;
    for (const { handler, kind } of await this.#missing(isGivenUp)) {
      this.#logger.warn(
        `${handler} is known to the store as ${whatOf(kind)} and not to this process. Renamed: give it its old name, { name: '${handler}' }, or it hears of things again`,
      );
    }
  }

  end(): void {
    if (this.#hasJoined) this.#notes.leave(this.#own);
    this.#hasJoined = false;
  }

  /** Whether outcomes of payments may be recorded here. Before boot has ended no handler is known. */
  async mayConclude(): Promise<boolean> {
    if (this.#config.work && !this.#hasBegun) this.#sayEarly();
    if (!this.#hasBegun) return false;
    for (const kind of concluding) if ((await this.#lacking(kind)).length > 0) return false;
    return true;
  }

  /** Whether events may be worked on here, which bring outcomes too. */
  async mayWork(): Promise<boolean> {
    if (!(await this.mayConclude())) return false;
    return (await this.#lacking('event')).length === 0;
  }

  async #lacking(kind: HandlerNote['kind']): Promise<readonly NotedHandler[]> {
    const hasSome = this.#own.some((own) => own.kind === kind);
    const lacking = await this.#missing(
      (noted) => noted.kind === kind && noted.seenMsAgo < (hasSome ? GIVEN_UP_MS : FORGOTTEN_MS),
    );
    if (lacking.length > 0) this.#say(lacking);
    return lacking;
  }

  async #missing(isMeant: (noted: NotedHandler) => boolean): Promise<readonly NotedHandler[]> {
    return this.#foreign(await this.#notes.noted(READ_EVERY_MS)).filter(isMeant);
  }

  /** Those that this process has not: once for what was read, however many events come meanwhile. */
  #foreign(noted: readonly NotedHandler[]): readonly NotedHandler[] {
    if (this.#compared?.noted === noted) return this.#compared.foreign;
    const { account } = this.#config;
    const own = new Set(this.#own.map(nameOf));
    const foreign = noted.filter(
      (other) => (other.account === '' || other.account === account) && !own.has(nameOf(other)),
    );
    this.#compared = { noted, foreign };
    return foreign;
  }

  #sayEarly(): void {
    if (this.#hasSaidEarly) return;
    this.#hasSaidEarly = true;
    this.#logger.warn(
      'outcomes stay open until the application has started (app.init() in a test): before that no handler is known',
    );
  }

  #say(lacking: readonly NotedHandler[]): void {
    if (this.#config.atRunTime === 'one' || !this.#seldom.mayBeSaid('lacking')) return;
    const names = lacking.map(({ handler }) => handler).join(', ');
    this.#logger.error(
      `payments and events are left to processes that have ${names}, which this one has not. Give it the handler, or say work: false; one that was removed for good: delete its row in glomopay_handlers`,
    );
  }
}

function isGivenUp({ seenMsAgo }: NotedHandler): boolean {
  return seenMsAgo >= GIVEN_UP_MS && seenMsAgo < FORGOTTEN_MS;
}

function whatOf(kind: HandlerKind): string {
  return kind === 'event' ? 'a listener of events' : `a handler of ${words[kind]}`;
}

const words = {
  outcome: 'outcomes',
  refund_outcome: 'outcomes of refunds',
  milestone: 'milestones',
  after_outcome: 'what follows outcomes',
  after_refund_outcome: 'what follows outcomes of refunds',
} as const;

function nameOf({ kind, handler }: HandlerNote): string {
  return `${kind} ${handler}`;
}
