import type { FastifyInstance } from 'fastify';
import type { Fields } from '../http/fields.js';
import { jsonFields } from '../http/request-body.js';
import type { Balances } from '../money/balances.js';
import type { Money } from '../money/money.js';
import { readAmount } from '../money/read-money.js';
import type { Resources } from '../resources.js';
import type { SandboxClock } from '../time/sandbox-clock.js';
import { startTopUp } from '../top-ups/top-ups.resource.js';
import { refusingTypeErrors } from './refusing-type-errors.js';

/** What the routes about the merchant's own money steer. */
export interface MoneyContext {
  readonly balances: Balances;
  readonly resources: Resources;
  readonly clock: SandboxClock;
}

/** Money out of nowhere, and a top-up as the dashboard starts one. */
export function moneyRoutes(
  app: FastifyInstance,
  { balances, resources, clock }: MoneyContext,
): void {
  app.post('/balances/credit', (request) => {
    const fields = jsonFields(request);
    const money = readMoney(fields);
    const pool = fields.oneOf('pool', ['primary', 'pending', 'funded']);
    fields.finish();
    balances.credit(money, pool);
    return { ...money, amount: balances.amountOf(money.currency, pool) };
  });

  app.post('/top-ups', (request, reply) => {
    const fields = jsonFields(request);
    const money = readMoney(fields);
    fields.finish();
    reply.code(201);
    return refusingTypeErrors(() => startTopUp(resources.topUps.book, money, clock));
  });
}

function readMoney(fields: Fields): Money {
  return {
    amount: readAmount(fields),
    currency: fields.requiredText('currency', { pattern: /^[A-Z]{3}$/ }),
  };
}
