import type { RunningShop } from './running-shop.js';
import type { Visitor } from './visitor.js';

/** Test cards of the gateway, by what they do. */
export const cards = {
  paidAfterCheck: '4532442222222222',
  declinedAfterCheck: '4597262222222223',
} as const;

/** A card as a browser sends it; valid unless spoiled. */
export function aCard(spoiled: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    holderName: 'Asha Rao',
    number: cards.paidAfterCheck,
    expiryMonth: '12',
    expiryYear: '2030',
    cvv: '8317',
    ...spoiled,
  };
}

/** The body of a checkout; valid unless spoiled. */
export function aCheckout(spoiled: Record<string, unknown> = {}): Record<string, unknown> {
  return { product: 'house-blend', currency: 'USD', card: aCard(), ...spoiled };
}

/** A checkout that reached the gateway, and the gateway's ids for it. */
export interface StartedPurchase {
  readonly reference: string;
  readonly statusUrl: string;
  readonly redirectUrl: string;
  readonly orderId: string;
  readonly paymentId: string;
}

/** Pays as far as the bank's page. */
export async function startPurchase(shop: RunningShop, visitor: Visitor): Promise<StartedPurchase> {
  const response = await visitor.post('/checkout', aCheckout());
  const body = record(await response.json());
  const [payment] = shop.sandbox.payments.list();
  if (response.status !== 201 || !payment) {
    throw new Error(`The checkout answered ${response.status}`);
  }
  return {
    reference: String(body['reference']),
    statusUrl: String(body['statusUrl']),
    redirectUrl: String(body['redirectUrl']),
    orderId: payment.payin_id ?? '',
    paymentId: payment.id,
  };
}

/** The bank's answer, and the path its signed return opens at the shop. */
export function answerAtBank(
  shop: RunningShop,
  { paymentId }: StartedPurchase,
  decision: 'approve' | 'decline',
): string {
  const url = new URL(shop.sandbox.completePayment(paymentId, decision));
  return url.pathname + url.search;
}

/** An answer read as an object, for picking members out of it. */
export function record(value: unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(value ?? {}));
}
