import type { OrderId, PaymentLinkId, SubscriptionId } from '../../../values/ids.js';
import type { CollectionExpectation } from './collection-expectation.js';

declare const orderId: OrderId;
declare const paymentLinkId: PaymentLinkId;
declare const subscriptionId: SubscriptionId;
declare const fromTheDatabase: string;

const asked = { amount: 1_000, currency: 'USD', reference: 'purchase-1' } as const;

export const ofOrder: CollectionExpectation = { ...asked, orderId };
export const ofLink: CollectionExpectation = { ...asked, paymentLinkId };
export const ofCharge: CollectionExpectation = { ...asked, subscriptionId, requestId: 'may-2027' };
export const stored: CollectionExpectation = { ...asked, orderId: fromTheDatabase };

// @ts-expect-error nothing that is paid
export const ofNothing: CollectionExpectation = asked;

// @ts-expect-error one payment pays one thing
export const ofBoth: CollectionExpectation = { ...asked, orderId, paymentLinkId };

// @ts-expect-error a link is no order
export const linkAsOrder: CollectionExpectation = { ...asked, orderId: paymentLinkId };

// @ts-expect-error without a reference nobody knows whose payment it is
export const unnamed: CollectionExpectation = { amount: 1_000, currency: 'USD', orderId };
