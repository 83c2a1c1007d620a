import { Book } from '../books/book.js';
import { Resource } from '../books/resource.js';
import type { Customer } from '../customers/customer.js';
import { GatewayError } from '../http/gateway-error.js';
import { jsonFields } from '../http/request-body.js';
import type { ResourceKit } from '../resource-kit.js';
import { assertLrs } from './banks.js';
import { LRS_BANK_ACCOUNT, readLrsBankAccount } from './lrs-bank-account.js';
import type { LrsBankAccount, LrsBankAccountRecord } from './lrs-bank-account.js';

/** `/api/v1/customer/{id}/bank_account`: create, and nothing else. A customer may have several. */
export function lrsBankAccountResource(
  { clock, account }: ResourceKit,
  customers: Book<Customer>,
): Resource<LrsBankAccountRecord, LrsBankAccount> {
  const book = new Book<LrsBankAccountRecord>(LRS_BANK_ACCOUNT, clock);
  return new Resource<LrsBankAccountRecord, LrsBankAccount>({
    book,
    shown: (record) => record.account,
    paths: ['/customer'],
    filters: 'none',
    calls: (api, path) => {
      api.post<{ Params: { id: string } }>(`${path}/:id/bank_account`, (request, reply) => {
        assertLrs(account);
        // Documented so, though elsewhere an unknown customer is 404.
        const customer = customers.get(request.params.id);
        if (!customer) throw GatewayError.badRequest('Customer does not exist');
        const record = readLrsBankAccount(jsonFields(request), customer.id, { clock, account });
        assertNew(book, record);
        reply.code(201);
        return book.open(record).account;
      });
    },
  });
}

function assertNew(
  book: Book<LrsBankAccountRecord>,
  { customerId, account }: LrsBankAccountRecord,
) {
  const isKnown = book
    .list()
    .some(
      (other) =>
        other.customerId === customerId &&
        other.account.bank_code === account.bank_code &&
        other.account.account_number === account.account_number,
    );
  if (isKnown) throw GatewayError.badRequest('Bank account already exists');
}
