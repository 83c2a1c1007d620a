import { ConfigurableModuleBuilder } from '@nestjs/common';
import { controllerAt } from './controller-at.js';
import {
  checkedOperations,
  checkedPlace,
  type GlomopayOperationsOptions,
  type GlomopayOperationsRegistration,
} from './operations-options.js';
import {
  GLOMOPAY_OPERATIONS_CONFIG,
  GLOMOPAY_OPERATIONS_OPTIONS,
  GLOMOPAY_OPERATIONS_PLACE,
} from './operations.tokens.js';

/** `guards` has no default: that of the builder's type is never used, because it is checked before. */
const defaults: GlomopayOperationsRegistration = { guards: [] };

export const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<GlomopayOperationsOptions>(
  {
    optionsInjectionToken: GLOMOPAY_OPERATIONS_OPTIONS,
  },
)
  .setClassMethodName('forRoot')
  .setFactoryMethodName('createGlomopayOperationsOptions')
  .setExtras(defaults, (definition, { guards, path, decorators, imports = [] }) => {
    const place = checkedPlace({ guards, path, decorators });
    return {
      ...definition,
      imports: definition.imports ?? imports,
      controllers: [controllerAt(place)],
      providers: [
        ...(definition.providers ?? []),
        { provide: GLOMOPAY_OPERATIONS_PLACE, useValue: place },
        {
          provide: GLOMOPAY_OPERATIONS_CONFIG,
          useFactory: (given: Readonly<Record<string, unknown>>) =>
            checkedOperations(optionsIn(given)),
          inject: [GLOMOPAY_OPERATIONS_OPTIONS],
        },
      ],
    };
  })
  .build();

const REGISTRATION = ['guards', 'path', 'decorators', 'imports'];

/** Some versions of Nest leave in the options of `forRoot` what the registration says. */
function optionsIn(given: Readonly<Record<string, unknown>>): unknown {
  if (typeof given !== 'object' || given === null) return given;
  return Object.fromEntries(Object.entries(given).filter(([name]) => !REGISTRATION.includes(name)));
}
