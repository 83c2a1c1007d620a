import { ConfigurableModuleBuilder, type Provider } from '@nestjs/common';
import {
  DEFAULT_ACCOUNT,
  GLOMOPAY_ACCOUNT,
  GLOMOPAY_MODULE_OPTIONS,
} from './config/glomopay.tokens.js';
import type { GlomopayModuleOptions } from './config/glomopay-options.js';
import { SealedOptions } from './config/sealed-options.js';
import { GlomopayAccounts } from './config/glomopay-accounts.js';
import { doorProviders, exportedProviders, sharedProviders } from './glomopay.providers.js';

/** What a registration says beside the options themselves. */
export interface GlomopayRegistration {
  /** Whether the services can be injected everywhere without importing the module again. @defaultValue true */
  readonly isGlobal?: boolean;
  /** Name of a further merchant account; its services are injected with `@InjectGlomopay(name, …)`. @defaultValue the default account */
  readonly name?: string | undefined;
  /** Providers that the options factory injects and no imported module exports. @defaultValue none */
  readonly extraProviders?: readonly Provider[];
}

const defaults: GlomopayRegistration = { isGlobal: true, name: undefined, extraProviders: [] };

export const { ConfigurableModuleClass, OPTIONS_TYPE, ASYNC_OPTIONS_TYPE } =
  new ConfigurableModuleBuilder<GlomopayModuleOptions>({
    optionsInjectionToken: GLOMOPAY_MODULE_OPTIONS,
  })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createGlomopayOptions')
    .setExtras(defaults, (definition, { isGlobal = true, name, extraProviders = [] }) => {
      const exported = [...exportedProviders(name), ...sharedProviders(name)];
      return {
        ...definition,
        global: isGlobal,
        providers: [
          ...(definition.providers ?? []).map(sealed),
          { provide: GLOMOPAY_ACCOUNT, useValue: name ?? DEFAULT_ACCOUNT },
          ...doorProviders(name),
          ...extraProviders,
          ...exported,
          GlomopayAccounts,
        ],
        exports: [...exported.map(({ provide }) => provide), GlomopayAccounts],
      };
    })
    .build();

/** Hides what the options provider gives, because the container keeps it where it can be printed. */
function sealed(provider: Provider): Provider {
  if (typeof provider !== 'object' || provider.provide !== GLOMOPAY_MODULE_OPTIONS) return provider;
  if ('useValue' in provider) {
    const options = new SealedOptions(provider.useValue as GlomopayModuleOptions);
    return { provide: GLOMOPAY_MODULE_OPTIONS, useValue: options };
  }
  if (!('useFactory' in provider)) return provider;
  const factory = provider.useFactory;
  return {
    ...provider,
    useFactory: async (...dependencies: unknown[]) =>
      new SealedOptions((await factory(...dependencies)) as GlomopayModuleOptions),
  };
}
