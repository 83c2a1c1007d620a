import { performance } from 'node:perf_hooks';
import { Inject, Injectable } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';
import { type HealthIndicatorResult, HealthIndicatorService } from '@nestjs/terminus';
import { Named } from '../errors/named.decorator.js';
import { SharedLooks } from '../values/shared-looks.js';
import { accountsOf, lookAtAccount, type AccountLook } from './account-look.js';
import { healthConfig, type GlomopayHealthOptions, type HealthConfig } from './health-options.js';
import { downReasons, type GlomopayHealthProblem } from './health-problems.js';
import type { TrackingLook } from './tracking-look.js';

/** What a health check shows of an account. No id, no key, no text of the gateway. */
export type GlomopayHealth = {
  /** Null: the gateway's answer, or its absence, does not tell. */
  readonly keyAccepted: boolean | null;
  /** Of the last look at the gateway. */
  readonly latencyMs: number;
  /** What is wrong, whether or not it means down. */
  readonly problems: readonly GlomopayHealthProblem[];
} & Partial<TrackingLook>;

/** What a health check shows of the accounts that are made at run time. */
export type GlomopayMerchantsHealth = {
  /** Accounts that are open in this process. */
  readonly open: number;
  /** Accounts with something due in the store that nobody knows; `GlomopayAccounts` has their names. */
  readonly orphaned: number;
};

/**
 * A Terminus health indicator: whether the gateway accepts the key and how fast it answers; where
 * payments are tracked also how much waits in the inbox and how much of what moves money needs a person.
 *
 * It asks the gateway for an empty list of customers, never for anything about money, and at most
 * once per `cacheMs` however often it is probed.
 *
 * @example
 * @Module({ imports: [TerminusModule], controllers: [HealthController], providers: [GlomopayHealthIndicator] })
 *
 * this.health.check([() => this.glomopay.isHealthy('glomopay')]);
 */
@Injectable()
@Named('GlomopayHealthIndicator')
export class GlomopayHealthIndicator {
  readonly #modules: ModuleRef;
  readonly #results: HealthIndicatorService;
  readonly #looks = new SharedLooks<string | undefined, AccountLook>(() => performance.now());

  constructor(
    @Inject(ModuleRef) modules: ModuleRef,
    @Inject(HealthIndicatorService) results: HealthIndicatorService,
  ) {
    this.#modules = modules;
    this.#results = results;
  }

  /**
   * Tells whether the account can take payments.
   *
   * @param key Name of the result in the answer of the health check.
   * @throws {GlomopayConfigurationError} an option is unusable, or no module registers the account.
   * @throws {GlomopayAccountUnknownError} nobody knows an account of this `name`.
   */
  async isHealthy<const Key extends string>(
    key: Key,
    options: GlomopayHealthOptions = {},
  ): Promise<HealthIndicatorResult<Key, 'up' | 'down', GlomopayHealth>> {
    const config = healthConfig(options);
    const look = await this.#look(config);
    const down = downReasons(look, config);
    const result = this.#results.check(key);
    const health = healthOf(look, down);
    return down.length === 0 ? result.up(health) : result.down(health);
  }

  /**
   * Tells whether every account with something due is known: those that are made at run time can be deleted
   * at their source, or unregistered, while their payments are open. Makes no account, and asks nobody.
   *
   * @param key Name of the result in the answer of the health check.
   */
  async areMerchantsKnown<const Key extends string>(
    key: Key,
  ): Promise<HealthIndicatorResult<Key, 'up' | 'down', GlomopayMerchantsHealth>> {
    const accounts = accountsOf(this.#modules);
    const orphaned = accounts?.orphanedNames().length ?? 0;
    const health = { open: accounts?.openNames().length ?? 0, orphaned };
    const result = this.#results.check(key);
    return orphaned === 0 ? result.up(health) : result.down(health);
  }

  /** The last look while it counts; probes at the same time share one. */
  #look({ name, timeoutMs, cacheMs }: HealthConfig): Promise<AccountLook> {
    const look = this.#looks.share(name, cacheMs, () =>
      lookAtAccount(this.#modules, name, timeoutMs),
    );
    look.catch(() => this.#looks.forget(name));
    return look;
  }
}

function healthOf(
  { gateway, tracking, keysAreFresh }: AccountLook,
  down: readonly GlomopayHealthProblem[],
): GlomopayHealth {
  const { keyAccepted, latencyMs, problem } = gateway;
  const shown: GlomopayHealthProblem[] = problem === undefined ? [] : [problem];
  // Never a reason to be down: what was given before goes on working.
  if (!keysAreFresh) shown.push('keys_not_refreshed');
  const problems = [...new Set([...shown, ...down])];
  return { keyAccepted, latencyMs, problems, ...(typeof tracking === 'object' && tracking) };
}
