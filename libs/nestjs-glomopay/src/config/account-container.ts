import type { InjectionToken, Provider, Type } from '@nestjs/common';
import { dependenciesOf, dependencyOf, tokenOf, type Dependency } from './dependencies.js';

/** A list of providers as a container asks for them; the last one of a token counts, as in Nest. */
export type Blueprint = ReadonlyMap<InjectionToken, Provider>;

export function blueprintOf(providers: readonly Provider[]): Blueprint {
  return new Map(providers.map((provider) => [tokenOf(provider), provider]));
}

/** Moments of Nest's life cycle, in the order in which they come. */
const beginning = ['onModuleInit', 'onApplicationBootstrap'] as const;
const ending = ['onModuleDestroy', 'beforeApplicationShutdown', 'onApplicationShutdown'] as const;

/**
 * Makes what a list of Nest providers describes, each when it is first asked for, without a Nest module:
 * Nest binds a global module into every other one, and keeps a module for ever. Many containers share one
 * list, so that one costs no more than the objects in it.
 *
 * It reads what Nest's own decorators have written. Request scope, `forwardRef` and injected properties
 * are not there: no provider of this library has them.
 */
export class AccountContainer {
  readonly #blueprint: Blueprint;
  readonly #given: ReadonlyMap<InjectionToken, unknown>;
  readonly #pending = new Map<InjectionToken, Promise<unknown>>();
  readonly #made = new Map<InjectionToken, unknown>();
  /** What was made here, in the order of making: all of it hears of the beginning and of the end. */
  readonly #own: unknown[] = [];
  #hasBegun = false;

  /**
   * @param blueprint What it can make.
   * @param given What it has from outside, whatever the list says; it hears of no beginning and no end.
   */
  constructor(blueprint: Blueprint, given: ReadonlyMap<InjectionToken, unknown>) {
    this.#blueprint = blueprint;
    this.#given = given;
  }

  /** What was made under a token, or given; undefined when it was not asked for before. */
  get(token: InjectionToken): unknown {
    return this.#given.get(token) ?? this.#made.get(token);
  }

  /** Makes it, and what it needs. Factories are awaited. */
  resolve(token: InjectionToken, path: readonly InjectionToken[] = []): Promise<unknown> {
    if (this.#given.has(token)) return Promise.resolve(this.#given.get(token));
    if (this.#made.has(token)) return Promise.resolve(this.#made.get(token));
    if (path.includes(token)) return Promise.reject(new TypeError(`${nameOf(token)} needs itself`));
    const pending = this.#pending.get(token) ?? this.#begin(token, path);
    return pending;
  }

  /** Tells everything that it has begun, what is there and what will be. */
  async begin(): Promise<void> {
    for (const moment of beginning) for (const one of this.#own) await tell(one, moment);
    this.#hasBegun = true;
  }

  /** Tells everything that was made here that it ends, the last one first; all of it, also when one fails. */
  async end(): Promise<void> {
    const failures: unknown[] = [];
    for (const moment of ending) {
      for (const one of this.#own.toReversed()) {
        await tell(one, moment).catch((thrown: unknown) => failures.push(thrown));
      }
    }
    if (failures.length > 0) throw failures[0];
  }

  #begin(token: InjectionToken, path: readonly InjectionToken[]): Promise<unknown> {
    const making = this.#make(token, [...path, token]).then(
      (made) => {
        this.#made.set(token, made);
        this.#pending.delete(token);
        return made;
      },
      (thrown: unknown) => {
        this.#pending.delete(token);
        throw thrown;
      },
    );
    this.#pending.set(token, making);
    return making;
  }

  async #make(token: InjectionToken, path: readonly InjectionToken[]): Promise<unknown> {
    const provider = this.#blueprint.get(token);
    if (provider === undefined) throw new TypeError(`nothing provides ${nameOf(token)}`);
    if (typeof provider === 'function') return this.#construct(provider, path);
    if ('useValue' in provider) return provider.useValue;
    if ('useClass' in provider) return this.#construct(provider.useClass, path);
    if ('useExisting' in provider) return this.resolve(provider.useExisting, path);
    const inject = (provider.inject ?? []).map(dependencyOf);
    const made: unknown = await provider.useFactory(...(await this.#all(inject, path)));
    return this.#keep(made);
  }

  async #construct(type: Type<unknown>, path: readonly InjectionToken[]): Promise<unknown> {
    return this.#keep(new type(...(await this.#all(dependenciesOf(type), path))));
  }

  async #keep(made: unknown): Promise<unknown> {
    this.#own.push(made);
    if (this.#hasBegun) for (const moment of beginning) await tell(made, moment);
    return made;
  }

  #all(
    dependencies: readonly Dependency[],
    path: readonly InjectionToken[],
  ): Promise<readonly unknown[]> {
    return Promise.all(
      dependencies.map(({ token, isOptional }) =>
        isOptional && !this.#given.has(token) && !this.#blueprint.has(token)
          ? undefined
          : this.resolve(token, path),
      ),
    );
  }
}

async function tell(one: unknown, moment: string): Promise<void> {
  const hook: unknown = typeof one === 'object' && one !== null ? Reflect.get(one, moment) : null;
  if (typeof hook === 'function') await Reflect.apply(hook, one, []);
}

function nameOf(token: InjectionToken): string {
  return typeof token === 'function' ? token.name : String(token);
}
