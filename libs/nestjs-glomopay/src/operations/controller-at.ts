import { Controller, type Type, UseGuards, VERSION_NEUTRAL } from '@nestjs/common';
import type { OperationsPlace } from './operations-options.js';
import { OperationsRoutes } from './operations.controller.js';

/** A class of its own for each registration, with the host's guards before all its routes. */
export function controllerAt({ path, guards, decorators }: OperationsPlace): Type {
  class GlomopayOperationsController extends OperationsRoutes {}
  Controller({ path, version: VERSION_NEUTRAL })(GlomopayOperationsController);
  if (guards !== 'global') UseGuards(...guards)(GlomopayOperationsController);
  // What @ApiExcludeController() of @nestjs/swagger writes, which may not be installed.
  Reflect.defineMetadata('swagger/apiExcludeController', [true], GlomopayOperationsController);
  for (const decorate of decorators) decorate(GlomopayOperationsController);
  return GlomopayOperationsController;
}
