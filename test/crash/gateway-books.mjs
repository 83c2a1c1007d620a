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

  // Every payment with its request id, which the gateway does not repeat in the payment itself.
  async payments() {
    const answer = await fetch(`${this.#sandbox.url}/_sandbox/state`);
    const { payments } = await answer.json();
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
      };
    });
  }

  get orders() {
    return this.#sandbox.orders.list();
  }
}

function nameOn(payment) {
  return payment.payment_method.details.card_holder_name;
}
