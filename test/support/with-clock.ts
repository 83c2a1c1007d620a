import type { DynamicModule } from '@nestjs/common';
import type { FastClock } from './library/fast-clock.js';

/** The registration of an account, with a time of its own; tracking of the account goes by it too. */
export function withClock(account: DynamicModule, clock: FastClock): DynamicModule {
  const { providers = [] } = account;
  const own = { provide: Symbol.for('nestjs-glomopay:clock'), useValue: clock };
  // What comes last stands.
  return { ...account, providers: [...providers, own] };
}
