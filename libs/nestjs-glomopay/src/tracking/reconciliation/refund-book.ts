import type { Refund } from '../../api/refunds/refund.js';
import { isFinalRefundStatus } from '../../api/refunds/refund.js';
import type { RefundsService } from '../../api/refunds/refunds.service.js';
import { GlomopayNotFoundError } from '../../errors/api.error.js';
import type { RequestOptions } from '../../http/request-options.js';
import { isId } from '../../values/ids.js';
import type { ListFilterInput } from '../../wire/list-filter.js';
import { sought, type Page } from '../../wire/page.js';
import { requestIdOf } from '../../wire/request-id.js';
import type { Sighting } from '../movements/movement.js';
import type { TrackedRecord } from '../store/tracked-record.js';
import { dateOf } from './date-of.js';
import type { BookObject, GatewayBook, Vouched } from './gateway-book.js';

/** The gateway's refunds. */
export class RefundBook implements GatewayBook<Refund> {
  readonly kind = 'refund';
  readonly kinds = ['refund'] as const;
  readonly #refunds: RefundsService;

  constructor(refunds: RefundsService) {
    this.#refunds = refunds;
  }

  list(filter: ListFilterInput, options: RequestOptions): Promise<Page<Refund>> {
    return this.#refunds.list(filter, options);
  }

  async get(id: string, options: RequestOptions): Promise<Refund | undefined> {
    if (!isId('refund', id)) return undefined;
    try {
      return await this.#refunds.get(id, options);
    } catch (thrown) {
      if (thrown instanceof GlomopayNotFoundError) return undefined;
      throw thrown;
    }
  }

  objectOf(refund: Refund): BookObject {
    return {
      id: refund.id,
      createdAt: dateOf(refund.createdAt),
      requestId: requestIdOf(refund.raw),
      subjectId: refund.paymentId,
      amount: refund.amount,
      currency: refund.currency,
      status: refund.status,
    };
  }

  /**
   * The amount of a refund may be in another currency than the one that was asked for: it is compared
   * where the refund is settled, which knows the payment (docs/gateway.md, Refunds).
   */
  sighting(refund: Refund, record: TrackedRecord): Sighting {
    return {
      objectId: refund.id,
      status: refund.status,
      end: endOf(refund),
      difference: refund.paymentId === record.subjectId ? undefined : 'order_differs',
      complianceStatus: null,
      fundsAvailable: false,
      errorCode: null,
      errorDescription: null,
    };
  }

  /** Of a payment or a `request_id` that we know; somebody else may have made it all the same. */
  isOurs(refund: Refund, family: readonly TrackedRecord[]): boolean {
    return family.length > 0 || requestIdOf(refund.raw) !== undefined;
  }

  /** Nobody can vouch for one: who asked for it, and how much, is in no book of the payment. */
  async expected(): Promise<Vouched> {
    return undefined;
  }

  async isUnder(refund: Refund, requestId: string, options: RequestOptions): Promise<boolean> {
    const listed = await this.#refunds.list({ requestId }, options);
    return sought(listed, ({ id }) => id === refund.id).length > 0;
  }

  async report(): Promise<TrackedRecord | undefined> {
    return undefined;
  }
}

function endOf({ status }: Refund): Sighting['end'] {
  if (!isFinalRefundStatus(status)) return undefined;
  return status === 'success' ? 'succeeded' : 'failed';
}
