import type { FastifyInstance } from 'fastify';
import type { SandboxAccount } from '../account.js';
import type { Book } from '../books/book.js';
import { pageOf } from '../books/page.js';
import { GatewayError } from '../http/gateway-error.js';
import { ListQuery } from '../http/list-query.js';
import { jsonFields } from '../http/request-body.js';
import type { ResourceKit } from '../resource-kit.js';
import { readBankAccount } from './bank-account.js';
import type { BankAccountRecord } from './bank-account.js';
import type { Customer } from './customer.js';

/** Register and list. A customer has one account at a time: a new one replaces it, also with the same number. */
export function bankAccountCalls(
  api: FastifyInstance,
  path: string,
  customers: Book<Customer>,
  { clock, account }: Pick<ResourceKit, 'clock' | 'account'>,
): void {
  const registered = new Map<string, BankAccountRecord>();

  api.post<{ Params: { id: string } }>(`${path}/:id/bank-accounts`, (request, reply) => {
    assertVerified(account);
    const customer = customers.find(request.params.id);
    const record = readBankAccount(jsonFields(request), clock);
    registered.set(customer.id, record);
    reply.code(201);
    return record.account;
  });

  api.get<{ Params: { id: string } }>(`${path}/:id/bank-accounts`, (request) => {
    assertVerified(account);
    const record = registered.get(customers.find(request.params.id).id);
    const page = pageOf(record ? [record] : [], new ListQuery(request, []).window());
    return { ...page, data: page.data.map((each) => each.account) };
  });
}

/** INFERRED: only that it has to be enabled is documented. */
function assertVerified({ tpv }: SandboxAccount): void {
  if (!tpv) throw GatewayError.forbidden('TPV is not enabled for your account');
}
