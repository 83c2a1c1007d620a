import { referenceOf } from './payment-facts.mjs';

// What the sandbox knows: the truth that the shop's books are held against.
export class GatewayBooks {
  #sandbox;

  constructor(sandbox) {
    this.#sandbox = sandbox;
  }

  // The newest payment with this name on the card.
  paymentOf(name) {
    return this.#sandbox.payments.list().find((payment) => nameOn(payment) === name)?.id;
  }

  payment(id) {
    return this.#sandbox.payments.get(id);
  }

  // The shop's own reference of one of its payments.
  async referenceOf(paymentId) {
    const { payments } = await this.#state();
    return referenceOf({ requestId: payments.find(({ id }) => id === paymentId).request_id });
  }

  // Every payment with its request id, which the gateway does not repeat in the payment itself.
  async payments() {
    const { payments } = await this.#state();
    return payments.map((summary) => {
      const payment = this.#sandbox.payments.get(summary.id);
      return {
        id: payment.id,
        orderId: payment.payin_id,
        requestId: summary.request_id,
        buyer: nameOn(payment),
        status: payment.status,
        amount: payment.requested_amount,
        currency: payment.requested_currency,
        settledAmount: payment.converted_amount,
        complianceStatus: payment.compliance_status,
        wasAskedAbout: payment.rfi !== null,
        fundsAvailable: payment.funds_available,
      };
    });
  }

  // Every refund with its request id; `asked` is the amount that is settled.
  async refunds() {
    const { refunds } = await this.#state();
    return refunds.map((summary) => {
      const { id, payment_id, status, balance_used } = this.#sandbox.refunds.get(summary.id);
      const asked = balance_used.amount;
      return { id, paymentId: payment_id, requestId: summary.request_id, status, asked };
    });
  }

  get orders() {
    return this.#sandbox.orders.list();
  }

  async #state() {
    const answer = await fetch(`${this.#sandbox.url}/_sandbox/state`);
    return answer.json();
  }
}

export function nameOn(payment) {
  return payment.payment_method.details.card_holder_name;
}
