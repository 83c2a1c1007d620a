import { Collection } from '../books/collection.js';
import { GatewayError } from '../http/gateway-error.js';
import type { PaymentRecord } from './payment.js';

/** All payments. */
export class PaymentLedger {
  readonly #records = new Collection<PaymentRecord>();
  readonly #requestIds = new Set<string>();

  /** @throws {GatewayError} when the merchant has used this `request_id` before. */
  assertNew(requestId: string | null): void {
    if (requestId !== null && this.#requestIds.has(requestId)) {
      throw GatewayError.badRequest('Payment already exists for this request_id');
    }
  }

  open(record: PaymentRecord): PaymentRecord {
    this.assertNew(record.requestId);
    if (record.requestId !== null) this.#requestIds.add(record.requestId);
    return this.#records.put(record);
  }

  update(record: PaymentRecord): PaymentRecord {
    return this.#records.put(record);
  }

  get(id: string): PaymentRecord | undefined {
    return this.#records.get(id);
  }

  /** Newest first. */
  list(): PaymentRecord[] {
    return this.#records.newestFirst();
  }
}
