import {
  type ConfigurableModuleAsyncOptions,
  type DynamicModule,
  Inject,
  Module,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { ExternalContextCreator, HttpAdapterHost, ModuleRef, ModulesContainer } from '@nestjs/core';
import { GLOMOPAY_ACCOUNTS } from '../config/glomopay.tokens.js';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { Named } from '../errors/named.decorator.js';
import { hasGlobalGuard } from './global-guards.js';
import { OperationsDesk } from './operations-desk.js';
import { ConfigurableModuleClass } from './operations.module-definition.js';
import type {
  GlomopayOperationsOptions,
  GlomopayOperationsRegistration,
  OperationsPlace,
} from './operations-options.js';
import { GLOMOPAY_OPERATIONS_PLACE } from './operations.tokens.js';
import { ReconciliationDesk } from './reconciliation-desk.js';

/** `forRoot`: guards and options together. */
export type OperationsModuleOptions = GlomopayOperationsRegistration & GlomopayOperationsOptions;

/** `forRootAsync`: guards here, options from the factory or class. */
export type OperationsModuleAsyncOptions = Omit<GlomopayOperationsRegistration, 'imports'> &
  ConfigurableModuleAsyncOptions<GlomopayOperationsOptions, 'createGlomopayOperationsOptions'>;

/**
 * A page and a JSON API for whoever keeps payments running: what is parked and replays it, what needs a
 * person and closes it, look-up with history, reconciliation. Behind the host's guards only. Needs
 * `GlomopayModule` and `GlomopayTrackingModule`.
 *
 * @example
 * GlomopayOperationsModule.forRoot({
 *   guards: [OperatorGuard],
 *   actor: (request) => request.user.name,
 * })
 */
@Module({ providers: [OperationsDesk, ReconciliationDesk] })
@Named('GlomopayOperationsModule')
export class GlomopayOperationsModule implements OnApplicationBootstrap {
  readonly #place: OperationsPlace;
  readonly #modules: ModulesContainer;
  readonly #contexts: ExternalContextCreator;
  readonly #moduleRef: ModuleRef;
  readonly #host: HttpAdapterHost;

  constructor(
    @Inject(GLOMOPAY_OPERATIONS_PLACE) place: OperationsPlace,
    @Inject(ModulesContainer) modules: ModulesContainer,
    @Inject(ExternalContextCreator) contexts: ExternalContextCreator,
    @Inject(ModuleRef) moduleRef: ModuleRef,
    @Inject(HttpAdapterHost) host: HttpAdapterHost,
  ) {
    this.#place = place;
    this.#modules = modules;
    this.#contexts = contexts;
    this.#moduleRef = moduleRef;
    this.#host = host;
  }

  /**
   * Mounts the operations with options that are at hand.
   *
   * @throws {GlomopayConfigurationError} there are no guards, or the path is not plain. Faults of the
   *   options stop the application at its start.
   */
  static forRoot(options: OperationsModuleOptions): DynamicModule {
    assertObject('forRoot', options);
    return { ...ConfigurableModuleClass.forRoot(options), module: GlomopayOperationsModule };
  }

  /** Mounts the operations with options from a factory or a class. Faults as in {@link forRoot}. */
  static forRootAsync(options: OperationsModuleAsyncOptions): DynamicModule {
    assertObject('forRootAsync', options);
    return { ...ConfigurableModuleClass.forRootAsync(options), module: GlomopayOperationsModule };
  }

  /** By now the host has told its global guards, which `useGlobalGuards` may do after our making. */
  onApplicationBootstrap(): void {
    this.#assertAccounts();
    // A worker or a CLI of the same modules has no routes, and no main.ts that tells of guards.
    if (this.#place.guards !== 'global' || !hasServer(this.#host)) return;
    if (hasGlobalGuard(this.#modules, this.#contexts)) return;
    throw new GlomopayConfigurationError([
      "GlomopayOperationsModule was told guards: 'global', and the application has no global guard; register one, or give the guards themselves",
    ]);
  }

  #assertAccounts(): void {
    try {
      this.#moduleRef.get(GLOMOPAY_ACCOUNTS, { strict: false });
    } catch {
      throw new GlomopayConfigurationError([
        'GlomopayOperationsModule has no account to show; register GlomopayModule with GlomopayTrackingModule, or GlomopayMerchantsModule with tracking',
      ]);
    }
  }
}

/** Typed as if there were always one; without a server Nest has null, undefined or a stand-in. */
function hasServer({ httpAdapter }: HttpAdapterHost): boolean {
  const adapter: HttpAdapterHost['httpAdapter'] | null | undefined = httpAdapter;
  return (adapter?.getType() ?? '') !== '';
}

function assertObject(call: string, options: unknown): void {
  if (typeof options === 'object' && options !== null) return;
  throw new GlomopayConfigurationError([
    `GlomopayOperationsModule.${call} must be given an object of options`,
  ]);
}
