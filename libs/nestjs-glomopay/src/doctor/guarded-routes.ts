import type { Type } from '@nestjs/common';
import type { ModulesContainer } from '@nestjs/core';
import { GLOMOPAY_WEBHOOK_ROUTE } from '../tracking/config/tracking.tokens.js';
import { WebhookSignatureGuard } from '../webhooks/webhook-signature.guard.js';

/**
 * Paths of an application's webhook routes: ready-made ones, and those of its own that the guard
 * stands before. As they are declared; a global prefix or version is not in them.
 */
export function webhookPaths(modules: ModulesContainer): readonly string[] {
  const paths = [...modules.values()].flatMap(({ providers, controllers }) => [
    pathOf(providers.get(GLOMOPAY_WEBHOOK_ROUTE)?.instance),
    ...[...controllers.values()].flatMap(({ metatype }) =>
      typeof metatype === 'function' ? guardedPaths(metatype) : [],
    ),
  ]);
  // A path with parameters needs values for them, which we do not know.
  return [
    ...new Set(paths.filter((path) => path !== undefined && !/[:*{]/.test(path))),
  ] as string[];
}

function pathOf(route: unknown): string | undefined {
  const path: unknown = Reflect.get(Object(route), 'path');
  return typeof path === 'string' ? path : undefined;
}

function guardedPaths(controller: object): string[] {
  const prototype: object = Reflect.get(controller, 'prototype');
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const method: unknown = Reflect.get(prototype, name);
    if (typeof method !== 'function' || !(isGuarded(controller) || isGuarded(method))) return [];
    const own = declaredPaths(method);
    return declaredPaths(controller).flatMap((base) => own.map((path) => joined(base, path)));
  });
}

/** Nest keeps what `@UseGuards()` was given under this key, on the class or on the method. */
function isGuarded(target: object): boolean {
  const guards: unknown = Reflect.getMetadata('__guards__', target);
  return Array.isArray(guards) && guards.some(isWebhookGuard);
}

function isWebhookGuard(guard: unknown): boolean {
  if (guard instanceof WebhookSignatureGuard || guard === WebhookSignatureGuard) return true;
  return typeof guard === 'function' && (guard as Type).prototype instanceof WebhookSignatureGuard;
}

/** Nest keeps the path of a controller and of a route under this key. */
function declaredPaths(target: object): readonly string[] {
  const path: unknown = Reflect.getMetadata('path', target);
  return (Array.isArray(path) ? path : [path]).filter((each) => typeof each === 'string');
}

function joined(base: string, path: string): string {
  const parts = `${base}/${path}`.split('/').filter((part) => part !== '');
  return `/${parts.join('/')}`;
}
