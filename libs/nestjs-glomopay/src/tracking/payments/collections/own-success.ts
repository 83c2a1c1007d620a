import { Inject, Injectable } from '@nestjs/common';
import type { Payment } from '../../../api/payments/payment.js';
import type { RequestOptions } from '../../../http/request-options.js';
import { requestIdOf } from '../../../wire/request-id.js';
import type { TrackedRecord } from '../../store/tracked-record.js';
import { TrackingStore } from '../../store/tracking-store.js';
import { strayPaymentId } from '../stray-payment.js';
import { isPayment } from '../tracked-payment.js';
import { PayinLooks } from './payin-looks.js';
import { distributed, isExpecting, mayBeExpected } from './whose-payment.js';

/** Finds the success of a record among those of its order, link or subscription. */
@Injectable()
export class OwnSuccess {
  readonly #store: TrackingStore;
  readonly #payins: PayinLooks;

  constructor(@Inject(TrackingStore) store: TrackingStore, @Inject(PayinLooks) payins: PayinLooks) {
    this.#store = store;
    this.#payins = payins;
  }

  /**
   * Undefined: there is none so far. Other expectations of the same subject look at the same payments, and
   * come to the same answer.
   *
   * @param family Every record of the subject, oldest first.
   * @param successes Oldest first.
   */
  async of(
    record: TrackedRecord,
    family: readonly TrackedRecord[],
    successes: readonly Payment[],
    options?: RequestOptions,
  ): Promise<Payment | undefined> {
    const open = family.filter(isExpecting);
    const known = open.find(({ requestId }) => requestId === record.requestId);
    const expecting = known === undefined ? [...open, record] : open;
    const likely = successes.filter((payment) =>
      expecting.some((each) => mayBeExpected(each, payment)),
    );
    const free = await this.#unowned(record.account, family, likely, options);
    return distributed(expecting, free).get(known ?? record);
  }

  /** Successes that no record has, nor will have once it has found out what became of its request. */
  async #unowned(
    account: string,
    family: readonly TrackedRecord[],
    successes: readonly Payment[],
    options?: RequestOptions,
  ): Promise<readonly Payment[]> {
    const taken = new Set(family.map(({ objectId }) => objectId));
    const nameless = family.filter((each) => isPayment(each) && each.objectId === null);
    const free: Payment[] = [];
    for (const payment of successes) {
      if (taken.has(payment.id)) continue;
      const owner = await this.#store.findByObject(account, payment.id);
      if (owner === undefined && !(await this.#isOfOneOf(nameless, payment, options))) {
        free.push(payment);
      }
    }
    return free;
  }

  /** The gateway may or may not say under which `request_id` a payment stands; where it does not, it is asked. */
  async #isOfOneOf(
    nameless: readonly TrackedRecord[],
    payment: Payment,
    options?: RequestOptions,
  ): Promise<boolean> {
    if (nameless.some((each) => strayPaymentId(each) === payment.id)) return true;
    const told = requestIdOf(payment.raw);
    if (told !== undefined) return nameless.some(({ requestId }) => requestId === told);
    for (const { requestId } of nameless) {
      const under = await this.#payins.under(requestId, options);
      if (under.some(({ id }) => id === payment.id)) return true;
    }
    return false;
  }
}
