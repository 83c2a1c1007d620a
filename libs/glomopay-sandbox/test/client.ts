import { afterEach, beforeEach } from '@jest/globals';
import { Agent, request } from 'node:http';
import { GlomopaySandbox } from '../src/index.js';
import type { SandboxOptions } from '../src/index.js';

/** An answer as it came over the wire. */
export interface Answer {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
  readonly json: unknown;
}

export interface CallOptions {
  readonly headers?: Record<string, string>;
  /** `null` sends no Authorization header. */
  readonly key?: string | null;
  /** Sent as it is, instead of the body as JSON. */
  readonly raw?: string;
  readonly agent?: Agent;
}

/** A merchant's server, reduced to plain HTTP. */
export class TestClient {
  constructor(readonly sandbox: GlomopaySandbox) {}

  get(path: string, options: CallOptions = {}): Promise<Answer> {
    return this.call('GET', path, undefined, options);
  }

  post(path: string, body: unknown, options: CallOptions = {}): Promise<Answer> {
    return this.call('POST', path, body, options);
  }

  async call(
    method: string,
    path: string,
    body?: unknown,
    { headers = {}, key = this.sandbox.secretKey, raw, agent }: CallOptions = {},
  ): Promise<Answer> {
    const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const answer = await send(new URL(path, this.sandbox.url), method, payload, agent, {
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
      ...(payload === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    });
    return answer;
  }

  async order(overrides: object = {}): Promise<string> {
    return read((await this.post('/api/v1/orders', anOrder(this.sandbox, overrides))).json, 'id');
  }

  /** Opens an order and a payment on it. */
  async payment(overrides: object = {}, order: object = {}): Promise<OpenPayment> {
    const orderId = await this.order(order);
    const answer = await this.post('/api/v1/payments', aPayment(orderId, overrides));
    const paymentId = read(answer.json, 'payment_id');
    return { orderId, paymentId, page: read(answer.json, 'next_steps', '0', 'payload', 'url') };
  }

  /** A payment that has succeeded. */
  async paid(order: object = {}): Promise<string> {
    const { paymentId } = await this.payment({}, order);
    this.sandbox.completePayment(paymentId, 'approve');
    return paymentId;
  }

  /** Asks for a refund of a payment. */
  async refund(paymentId: string, overrides: object = {}): Promise<Answer> {
    return this.post('/api/v1/refunds', aRefund(paymentId, overrides));
  }
}

export interface OpenPayment {
  readonly orderId: string;
  readonly paymentId: string;
  readonly page: string;
}

/** A fresh sandbox for every test of the file or block. */
export function useSandbox(options: SandboxOptions = {}): () => TestClient {
  let client: TestClient | undefined;
  beforeEach(async () => {
    client = new TestClient(await GlomopaySandbox.start(options));
  });
  afterEach(async () => client?.sandbox.stop());
  return () => {
    if (!client) throw new Error('The sandbox runs inside tests only');
    return client;
  };
}

/** The text or number at a path in a JSON answer. */
export function read(json: unknown, ...path: string[]): string {
  let value = json;
  for (const name of path) {
    value = new Map<string, unknown>(Object.entries(value ?? {})).get(name);
  }
  if (typeof value !== 'string') throw new Error(`No text at ${path.join('.')}`);
  return value;
}

export function badRequest(message: string): object {
  return { error: 'Bad Request', message };
}

export function aCustomer(overrides: object = {}): object {
  return {
    name: 'Jane Roe',
    customer_type: 'individual',
    email: 'jane.roe@example.com',
    address: '1 High Street',
    city: 'Anytown',
    state: 'Anystate',
    country: 'USA',
    ...overrides,
  };
}

let residents = 0;

/** A resident of India who may remit; each with an e-mail of its own. */
export function aResident(overrides: object = {}): object {
  return {
    name: 'Asha Rao',
    customer_type: 'individual',
    email: `asha-${(residents += 1)}@example.com`,
    phone: '+91 9800000000',
    address: '12 Quay Road',
    city: 'Pune',
    state: 'Maharashtra',
    country: 'IND',
    kyc: { pan_number: 'ABCDE1234F' },
    ...overrides,
  };
}

export function anOrder(sandbox: GlomopaySandbox, overrides: object = {}): object {
  return { customer_id: sandbox.demoCustomerId, currency: 'USD', amount: 1000, ...overrides };
}

export function aCard(overrides: object = {}): object {
  return {
    holder_name: 'Jane Roe',
    number: '4111111111111111',
    expiry_month: '09',
    expiry_year: '2030',
    cvv: '739',
    ...overrides,
  };
}

export function aPayment(orderId: string, overrides: object = {}): object {
  return {
    order_id: orderId,
    method: 'card',
    card: aCard(),
    callback_url: 'https://shop.example/payment/callback',
    ...overrides,
  };
}

export function aRefund(paymentId: string, overrides: object = {}): object {
  return { payment_id: paymentId, reason: 'Requested By Customer', ...overrides };
}

function send(
  url: URL,
  method: string,
  payload: string | undefined,
  agent: Agent | undefined,
  headers: Record<string, string>,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      { method, headers, agent: agent ?? new Agent({ keepAlive: false }) },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const { statusCode: status = 0, headers: received } = response;
          resolve({ status, headers: received, text, json: parsed(text) });
        });
      },
    );
    outgoing.on('error', reject);
    outgoing.end(payload);
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
