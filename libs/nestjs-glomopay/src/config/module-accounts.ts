import type { ModulesContainer } from '@nestjs/core';
import { GLOMOPAY_ACCOUNT } from './glomopay.tokens.js';

/** Names of the accounts that the modules of an application register, as far as it is built. */
export function moduleAccounts(modules: ModulesContainer): readonly string[] {
  const names = [...modules.values()].map(
    ({ providers }): unknown => providers.get(GLOMOPAY_ACCOUNT)?.instance,
  );
  return names.filter((name) => typeof name === 'string');
}
