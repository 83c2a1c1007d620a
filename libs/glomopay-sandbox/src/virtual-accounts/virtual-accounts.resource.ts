import { randomInt } from 'node:crypto';
import { Book } from '../books/book.js';
import { lifecycle } from '../books/lifecycle.js';
import type { ListFilters } from '../books/read-routes.js';
import { Resource } from '../books/resource.js';
import { Fields } from '../http/fields.js';
import { GatewayError } from '../http/gateway-error.js';
import { jsonFields } from '../http/request-body.js';
import type { ResourceKit } from '../resource-kit.js';
import { timestamp } from '../time/clock.js';
import { readAccountKey } from './read-virtual-account.js';
import type { AccountKey } from './read-virtual-account.js';
import { VIRTUAL_ACCOUNT_BOARD } from './virtual-account-board.js';
import { VIRTUAL_ACCOUNT } from './virtual-account.js';
import type {
  VirtualAccount,
  VirtualAccountRecord,
  VirtualAccountStatus,
} from './virtual-account.js';

const FIRST_NUMBER = 1001;

const FILTERS: ListFilters<VirtualAccountRecord> = {
  names: ['currency'],
  read(query) {
    const currency = query.text('currency');
    return ({ account }) => currency === undefined || account.currency === currency;
  },
};

/** `/virtual-accounts` of both versions, which say the same here (INFERRED): create, list, close. */
export function virtualAccountResource(
  kit: ResourceKit,
): Resource<VirtualAccountRecord, VirtualAccount> {
  const { clock } = kit;
  const book = virtualAccountBook(kit);
  const active = ({ paymentType, currency }: AccountKey) =>
    book
      .list()
      .filter((record) => record.paymentType === paymentType)
      .find(({ account }) => account.currency === currency && account.status === 'active');
  return new Resource<VirtualAccountRecord, VirtualAccount>({
    book,
    shown: ({ account }) => account,
    versions: ['v1', 'v2'],
    paths: ['/virtual-accounts'],
    filters: FILTERS,
    hasGet: false,
    calls: (api, path) => {
      api.post(path, (request, reply) => {
        const key = readAccountKey(jsonFields(request));
        if (active(key)) {
          throw new GatewayError(409, {
            error: 'Duplicate record',
            message: 'Virtual Account already exists',
          });
        }
        const record = book.open(newAccount(key, book.list().length, kit));
        reply.code(201);
        return record.account;
      });
      api.delete(path, (request) => {
        const record = active(readAccountKey(Fields.ofQuery(request)));
        if (!record) throw GatewayError.notFound(VIRTUAL_ACCOUNT.kind);
        const { account } = record;
        const closed = book.move(record.id, {
          account: { ...account, status: 'inactive', updated_at: timestamp(clock) },
        });
        return closed?.account;
      });
    },
    summary: ({ account, paymentType: payment_type }) => ({ ...account, payment_type }),
    board: VIRTUAL_ACCOUNT_BOARD,
  });
}

function virtualAccountBook({
  clock,
  publish,
}: Pick<ResourceKit, 'clock' | 'publish'>): Book<VirtualAccountRecord> {
  return new Book<VirtualAccountRecord>(
    {
      ...VIRTUAL_ACCOUNT,
      lifecycles: [
        lifecycle<VirtualAccountRecord, VirtualAccountStatus>({
          statusOf: ({ account }) => account.status,
          moves: { active: ['inactive'], inactive: [] },
          events: {
            publish,
            entity: 'virtual_account',
            shown: ({ account }) => account,
            // INFERRED: that a new one is told.
            atOpen: ['active'],
          },
        }),
      ],
    },
    clock,
  );
}

function newAccount(
  { paymentType, currency }: AccountKey,
  made: number,
  { clock, merchantName: name }: Pick<ResourceKit, 'clock' | 'merchantName'>,
): VirtualAccountRecord {
  const now = timestamp(clock);
  const id = `VA${FIRST_NUMBER + made}`;
  const digits = String(randomInt(1e11, 1e12));
  const account_number = currency === 'AED' ? `AE88${digits}` : digits;
  const account = { account_id: id, currency, account_number, name, status: 'active' as const };
  return {
    id,
    created_at: now,
    account: { ...account, created_at: now, updated_at: now },
    paymentType,
  };
}
