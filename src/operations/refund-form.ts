import { minorUnits, refundReasons } from 'nestjs-glomopay';
import type { RefundWish } from '../refunds/refund-desk.js';

const fields = new Set(['number', 'amount', 'reason']);

/** Reads the form of a refund; nothing when it is not one. An empty amount means all that is left. */
export function readRefundWish(
  form: ReadonlyMap<string, string>,
  currency: string,
): RefundWish | undefined {
  const number = /^[1-9]\d{0,2}$/.exec(form.get('number') ?? '')?.[0];
  const reason = refundReasons.find((known) => known === form.get('reason'));
  if (
    number === undefined ||
    reason === undefined ||
    ![...form.keys()].every((name) => fields.has(name))
  ) {
    return undefined;
  }
  const typed = (form.get('amount') ?? '').trim();
  try {
    const amount = typed === '' ? undefined : minorUnits(typed, currency);
    return { number: Number(number), reason, amount };
  } catch (error) {
    if (error instanceof RangeError) {
      return undefined;
    }
    throw error;
  }
}
