import { Book } from '../books/book.js';
import { lifecycle } from '../books/lifecycle.js';
import { NO_FILTERS } from '../books/read-routes.js';
import { Resource } from '../books/resource.js';
import { GatewayError } from '../http/gateway-error.js';
import type { Fields } from '../http/fields.js';
import { jsonFields } from '../http/request-body.js';
import type { ResourceKit } from '../resource-kit.js';
import { timestamp } from '../time/clock.js';
import { BENEFICIARY } from './beneficiary.js';
import type { Beneficiary, BeneficiaryStatus } from './beneficiary.js';
import { readBeneficiary } from './read-beneficiary.js';

/** `/api/v2/beneficiaries`: create, list, get, and the review as a mock. */
export function beneficiaryResource(kit: ResourceKit): Resource<Beneficiary, Beneficiary> {
  const { clock, publish } = kit;
  const book = new Book<Beneficiary>(
    {
      ...BENEFICIARY,
      lifecycles: [
        lifecycle<Beneficiary, BeneficiaryStatus>({
          statusOf: ({ status }) => status,
          moves: { pending: ['active', 'rejected'], active: [], rejected: [] },
          events: {
            publish,
            entity: 'beneficiary',
            shown: (beneficiary) => beneficiary,
            // INFERRED: one that nobody reviews is told as well.
            atOpen: ['active'],
          },
        }),
      ],
    },
    clock,
  );
  return new Resource<Beneficiary, Beneficiary>({
    book,
    shown: (beneficiary) => beneficiary,
    versions: ['v2'],
    paths: ['/beneficiaries'],
    filters: NO_FILTERS,
    calls: (api, path) => {
      api.post(path, (request, reply) => {
        const made = readBeneficiary(jsonFields(request), kit);
        assertNewAccount(made, book);
        reply.code(201);
        return book.open(made);
      });
    },
    mocks: {
      'PATCH mock-review': ({ id, status }, fields) => {
        const review = readReview(fields);
        // INFERRED text: only the 422 is documented.
        if (status !== 'pending') throw GatewayError.unprocessable('Beneficiary is not pending');
        book.move(id, {
          status: review === 'approve' ? 'active' : 'rejected',
          updated_at: timestamp(clock),
        });
        return book.find(id);
      },
    },
    summary: ({ id, category, status, created_at }) => ({ id, category, status, created_at }),
  });
}

/** INFERRED is what makes two accounts the same. */
function assertNewAccount({ category, bank_account }: Beneficiary, book: Book<Beneficiary>): void {
  if (!bank_account) return;
  const isKnown = book.list().some((other) => {
    if (other.category !== category || !other.bank_account) return false;
    return ACCOUNT.every((name) => other.bank_account?.[name] === bank_account[name]);
  });
  if (isKnown) {
    throw GatewayError.unprocessable(
      'Validation failed: Business already had this Account Number, Account Type and Transfer Method',
    );
  }
}

const ACCOUNT = ['account_number', 'currency', 'swift_code', 'local_routing_number'] as const;

/** INFERRED: a body that cannot be read is 422 as well, which is the one refusal that is documented. */
function readReview(fields: Fields): 'approve' | 'reject' {
  try {
    const review = fields.requiredOneOf('review_action', ['approve', 'reject']);
    fields.finish();
    return review;
  } catch (thrown) {
    if (!(thrown instanceof GatewayError)) throw thrown;
    throw GatewayError.unprocessable(thrown.message);
  }
}
