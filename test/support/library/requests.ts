import type {
  CardInput,
  CreateCustomerInput,
  CreateOrderInput,
  CreatePaymentInput,
  CreateRefundInput,
} from 'nestjs-glomopay';

/** A card that the gateway's page shows. */
export function aCard(change: Partial<CardInput> = {}): CardInput {
  return {
    holderName: 'John Doe',
    number: '4111111111111111',
    expiryMonth: '09',
    expiryYear: '2030',
    cvv: '123',
    ...change,
  };
}

export function aPayment(change: Partial<CreatePaymentInput> = {}): CreatePaymentInput {
  return {
    orderId: 'order_68c00b7btsthf',
    card: aCard(),
    callbackUrl: 'https://server.yoursite.com/payment/callback',
    ...change,
    // A change may spoil it.
  } as CreatePaymentInput;
}

export function anOrder(change: Partial<CreateOrderInput> = {}): CreateOrderInput {
  const order = { customerId: 'cust_E602dMzgjpDC', amount: 1000, currency: 'USD', ...change };
  // A change may spoil it.
  return order as CreateOrderInput;
}

export function aRefund(change: Partial<CreateRefundInput> = {}): CreateRefundInput {
  return {
    paymentId: 'payt_691eeb9aV79Uk',
    reason: 'Requested By Customer',
    requestId: 'refund-1',
    ...change,
  };
}

export function aCustomer(change: Partial<CreateCustomerInput> = {}): CreateCustomerInput {
  return {
    name: 'John Doe',
    customerType: 'individual',
    email: 'john.doe@example.com',
    address: '123 Main St',
    city: 'Anytown',
    state: 'Anystate',
    country: 'IND',
    ...change,
  };
}
