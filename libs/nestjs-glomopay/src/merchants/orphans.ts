import { Logger } from '@nestjs/common';

/** Names that were told of; beyond, it is only said that there are more. */
const MOST_TOLD = 100;

/**
 * Accounts for which the store has work and which nobody knows: one that was unregistered, or deleted at
 * the source, while its payments were open. Nothing of theirs is lost, and each is told of once.
 */
export class Orphans {
  readonly #logger = new Logger('Glomopay');
  readonly #found = { events: new Set<string>(), movements: new Set<string>() };
  readonly #told = new Set<string>();

  /** What the last look at such work has found; those known by now are none any more. */
  found(what: 'events' | 'movements', names: readonly string[]): void {
    this.#found[what] = new Set(names);
    for (const name of this.#told) if (!this.#has(name)) this.#told.delete(name);
    for (const name of names) this.#tell(name, what);
  }

  /** What the last look at such work has found. */
  of(what: 'events' | 'movements'): readonly string[] {
    return [...this.#found[what]];
  }

  names(): readonly string[] {
    return [...new Set([...this.#found.events, ...this.#found.movements])].toSorted();
  }

  #has(name: string): boolean {
    return this.#found.events.has(name) || this.#found.movements.has(name);
  }

  #tell(name: string, what: string): void {
    if (this.#told.has(name) || this.#told.size > MOST_TOLD) return;
    this.#told.add(name);
    this.#logger.error(
      this.#told.size > MOST_TOLD
        ? `${what} of further accounts wait in the store, and nobody knows those accounts`
        : `${what} of ${name} wait in the store, and neither a registration nor the source knows this account: register it again, or let the source know it; nothing is lost meanwhile`,
    );
  }
}
