import { hasLapsed, isCovered } from './payout-desk.js';
import type { PayoutDesk } from './payout-desk.js';
import type { PayoutRecord } from './payout.js';
import { sendToBank } from './send-to-bank.js';
import { submit } from './submit.js';

const QUARTER_MS = 900_000;
/** It is released at minutes 02, 17, 32 and 47. */
const OFFSET_MS = 120_000;

/** Payouts that wait, first in first out in each source currency. */
export class PayoutQueue {
  /** Ids, in the order in which they came. */
  readonly #waiting = new Set<string>();
  #isArmed = false;
  readonly #desk: PayoutDesk;

  constructor(desk: PayoutDesk) {
    this.#desk = desk;
  }

  /** Lets a payout wait that is `queued`. */
  add({ id }: PayoutRecord): void {
    this.#waiting.add(id);
    this.#arm();
  }

  #arm(): void {
    if (this.#isArmed || this.#waiting.size === 0) return;
    this.#isArmed = true;
    const { clock } = this.#desk;
    clock.at(nextRelease(clock.now()), async () => {
      this.#isArmed = false;
      this.#release();
      this.#arm();
    });
  }

  /** One that the balance does not cover keeps back all that came after it in its currency. */
  #release(): void {
    const blocked = new Set<string>();
    for (const id of this.#waiting) {
      const record = this.#desk.payouts.find(id);
      const { status, source_currency: currency } = record.payout;
      if (status === 'queued' && blocked.has(currency)) continue;
      if (status === 'queued' && !release(record, this.#desk)) blocked.add(currency);
      else this.#waiting.delete(id);
    }
  }
}

/** @returns whether it waits no longer. */
function release(record: PayoutRecord, desk: PayoutDesk): boolean {
  if (hasLapsed(record, desk)) {
    sendToBank(record, desk);
    return true;
  }
  if (!isCovered(record, desk)) return false;
  desk.payouts.move(record.id, { completesAlone: record.payout.payment_rail !== 'swift' });
  submit(desk.payouts.find(record.id), desk);
  return true;
}

function nextRelease(now: number): number {
  return (Math.floor((now - OFFSET_MS) / QUARTER_MS) + 1) * QUARTER_MS + OFFSET_MS;
}
