import type { GlomopaySandbox } from 'glomopay-sandbox';

/** An answer as it came over the wire. */
export interface PlainAnswer {
  readonly status: number;
  readonly json: unknown;
}

/** A merchant's server with nothing but `fetch`. */
export class PlainClient {
  #counted = 0;

  constructor(readonly sandbox: GlomopaySandbox) {}

  /** A number that no other call of this client has. */
  get another(): number {
    this.#counted += 1;
    return this.#counted;
  }

  async call(method: string, path: string, body?: object): Promise<PlainAnswer> {
    const form = body instanceof FormData;
    const answer = await fetch(new URL(path, this.sandbox.url), {
      method,
      headers: {
        authorization: `Bearer ${this.sandbox.secretKey}`,
        ...(body !== undefined && !form && { 'content-type': 'application/json' }),
      },
      body: form ? body : body === undefined ? null : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, json: text === '' ? undefined : JSON.parse(text) };
  }

  /** Makes an object that a test needs, and gives its id. */
  async made(path: string, body: object, idName = 'id'): Promise<string> {
    const { status, json } = await this.call('POST', path, body);
    const id: unknown = Reflect.get(Object(json), idName);
    if (typeof id === 'string') return id;
    throw new Error(`POST ${path} was answered ${status}: ${JSON.stringify(json)}`);
  }

  order(change: object = {}): Promise<string> {
    const customer = this.sandbox.demoCustomerId;
    const order = { customer_id: customer, currency: 'USD', amount: 1000, ...change };
    return this.made('/api/v1/orders', order);
  }

  async payment(order: object = {}): Promise<string> {
    return this.pay({ order_id: await this.order(order) });
  }

  /** A payment that has succeeded. */
  async paid(order: object = {}): Promise<string> {
    const id = await this.payment(order);
    this.sandbox.completePayment(id, 'approve');
    return id;
  }

  /** A payment that has succeeded, and that compliance asks about. */
  async heldPayment(): Promise<string> {
    const id = await this.pay({ order_id: await this.order({ amount: 6623 }) });
    this.sandbox.account.screening = { card: true, transfer: false };
    this.sandbox.completePayment(id, 'approve');
    this.sandbox.account.screening = { card: false, transfer: false };
    return id;
  }

  /** A transfer of ten dollars that names nothing. */
  unmatchedTransfer(): Promise<string> {
    const transfer = { amount: 1000, currency: 'USD', payment_method: 'BankTransfer' };
    return this.made('/api/v1/payment/mock', transfer);
  }

  /** Pays a subscription for the first time. */
  async firstPayment(subscription: string): Promise<string> {
    const id = await this.pay({ subscription_id: subscription });
    this.sandbox.completePayment(id, 'approve');
    return id;
  }

  /** Pays an order or a subscription by a card; the bank has not answered yet. */
  pay(payin: object): Promise<string> {
    const payment = {
      ...payin,
      method: 'card',
      card: {
        holder_name: 'Asha Rao',
        number: '4111111111111111',
        expiry_month: '09',
        expiry_year: '2030',
        cvv: '739',
      },
      callback_url: 'https://shop.example/returned',
    };
    return this.made('/api/v1/payments', payment, 'payment_id');
  }

  /** The id of a quote for an order or a payment link. */
  payinQuote(): Promise<string> {
    return this.#quote('payin');
  }

  /** The id of a quote for a payout. */
  payoutQuote(): Promise<string> {
    return this.#quote('payout');
  }

  async #quote(resource: string): Promise<string> {
    const { json } = await this.call('POST', '/api/v1/quotes', {
      resource,
      source_currency: 'USD',
      destination_currency: 'USD',
      destination_amount: 1000,
      payment_method: { type: 'bank_transfer', subtype: 'swift_transfer' },
    });
    const quotes: unknown = Reflect.get(Object(json), 'quotes');
    return String(Reflect.get(Object(Array.isArray(quotes) ? quotes[0] : undefined), 'id'));
  }

  price(): Promise<string> {
    return this.made('/api/v1/prices', { pricing_type: 'percentage', bps: 100 });
  }

  /** A quote of ten dollars, for a remittance by the account's first bank. */
  lrsQuote(): Promise<string> {
    return this.made('/api/v1/lrs/quotes', {
      bank_code: this.sandbox.account.lrs.banks[0],
      source_amount: 1000,
      source_currency: 'USD',
      target_currency: 'INR',
    });
  }

  beneficiary(category = 'payout', account: object = {}): Promise<string> {
    const address = { address_line1: '1 Quay', city: 'Porto', state: 'Porto', country_code: 'PRT' };
    return this.made('/api/v2/beneficiaries', {
      category,
      beneficiary: { name: 'Acme', type: 'business', address },
      bank_account: {
        account_number: this.account,
        name: 'Citibank NA',
        currency: 'USD',
        swift_code: 'CITIUS33',
        ...(category === 'lrs' && { local_routing_number: '021000089' }),
        ...account,
      },
    });
  }

  /** The number of an account that nobody has yet. */
  get account(): string {
    return String(1_000_000_000 + this.another);
  }

  /** Ten dollars on their way by swift. */
  async payout(change: object = {}): Promise<string> {
    return this.made('/api/v1/payouts', {
      beneficiary_id: await this.beneficiary(),
      purpose_code: 'S0802',
      source_currency: 'USD',
      destination_currency: 'USD',
      source_amount: 1000,
      payment_rail: 'swift',
      ...change,
    });
  }

  /** One that waits in the queue. */
  async queuedPayout(): Promise<string> {
    const { account } = this.sandbox;
    account.payoutQueueing = true;
    const id = await this.payout();
    account.payoutQueueing = false;
    return id;
  }

  residentOfIndia(): Promise<string> {
    const kyc = { pan_number: 'ABCDE1234F' };
    return this.customer({ phone: '+91 9800000000', country: 'IND', kyc });
  }

  customer(change: object = {}): Promise<string> {
    return this.made('/api/v1/customer', {
      name: 'Asha Rao',
      customer_type: 'individual',
      email: `buyer-${this.another}@example.com`,
      address: '12 Quay Road',
      city: 'Porto',
      state: 'Porto',
      country: 'PRT',
      ...change,
    });
  }
}
