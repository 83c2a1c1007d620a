import { Logger, type OnApplicationBootstrap } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import type { TrackingConfig } from '../config/tracking-options.js';
import type { HandlerKind, HandlerNote } from '../store/handler-note.js';
import { BootLines } from './boot-lines.js';
import type { DiscoveredMethod } from './discovered-methods.js';

/** What the methods under one mark are. */
export interface HandlerMark {
  readonly kind: HandlerKind;
  /** Finds them for one account. */
  readonly find: (modules: ModulesContainer, account: string) => readonly DiscoveredMethod[];
  /** For the log at boot: `payment outcomes`. */
  readonly what: string;
  /** What to say when there is none; undefined: nothing. */
  readonly none?: string;
  readonly lines: BootLines;
}

/** The application's methods under one mark, found at boot. */
export abstract class HandlerGroup implements OnApplicationBootstrap {
  readonly #logger = new Logger('Glomopay');
  readonly #modules: ModulesContainer;
  readonly #config: TrackingConfig;
  readonly #mark: HandlerMark;
  #handlers: readonly DiscoveredMethod[] = [];

  constructor(modules: ModulesContainer, config: TrackingConfig, mark: HandlerMark) {
    this.#modules = modules;
    this.#config = config;
    this.#mark = mark;
  }

  /** @throws {GlomopayConfigurationError} a handler belongs to a request-scoped provider, or its name is bad. */
  onApplicationBootstrap(): void {
    const { find, what, none, lines } = this.#mark;
    this.#handlers = find(this.#modules, this.#config.account);
    const names = this.names().join(', ');
    const toNobody = (whose: string): void =>
      this.#logger.warn(`${what}${whose} go to nobody: ${none ?? ''}`);
    const toThem = (whose: string): void => this.#logger.log(`${what}${whose} go to ${names}`);
    const say = names !== '' ? toThem : none === undefined ? undefined : toNobody;
    lines.say(this.#modules, this.#config, names, this.#config.work ? say : undefined);
  }

  /** What the handlers of the account are called; empty before boot has ended. */
  names(): readonly string[] {
    return this.#handlers.map(({ name }) => name);
  }

  /** The same for the store, so that other processes know what they lack. */
  notes(): readonly HandlerNote[] {
    const { kind } = this.#mark;
    return this.#handlers.map(({ name, account }) => ({ account, kind, handler: name }));
  }

  protected get handlers(): readonly DiscoveredMethod[] {
    return this.#handlers;
  }

  /**
   * Runs handlers one after the other; the first that throws ends it. Each begins in the async context
   * of the caller, whatever the one before has entered.
   */
  protected async runEach(
    handlers: readonly DiscoveredMethod[],
    ...parameters: readonly unknown[]
  ): Promise<void> {
    for (const { call } of handlers) await Promise.resolve().then(() => call(...parameters));
  }
}
