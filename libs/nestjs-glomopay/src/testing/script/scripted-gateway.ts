import { GatewayObjects, newId, type GatewayRecord } from './gateway-objects.js';
import { refusal, type ScriptedAnswer } from './scripted-answer.js';
import { completed, paymentOf, startedPayment, type ScriptedOutcome } from './scripted-payment.js';
import type { ScriptedRequest } from './scripted-request.js';

/** What the gateway answers by itself: orders, card payments and customers that are there afterwards. */
export class ScriptedGateway {
  readonly #orders = new GatewayObjects();
  readonly #payments = new GatewayObjects();
  readonly #customers = new GatewayObjects();

  /** Carries a request out. Undefined: it knows no such call. */
  answer(request: ScriptedRequest): ScriptedAnswer | undefined {
    const { method, path, id, query } = request;
    switch (`${method} ${path}`) {
      case 'POST /api/v1/orders':
        return this.#open(request);
      case 'GET /api/v1/orders/{id}':
        return found('Order', this.#orders.get(id));
      case 'GET /api/v1/orders':
        return this.#orders.page(query);
      case 'POST /api/v1/payments':
      case 'POST /api/v1/payment':
        return this.#pay(request);
      case 'GET /api/v1/payments/{id}':
      case 'GET /api/v1/payment/{id}':
        return found('Payment', this.#payments.get(id));
      case 'GET /api/v1/payments':
      case 'GET /api/v1/payment':
        return this.#payments.page(query, {
          payment_type: 'payin_type',
          currency: 'requested_currency',
        });
      case 'POST /api/v1/customer':
        return this.#enrol(request);
      case 'PATCH /api/v1/customer/{id}':
        return this.#change(request);
      case 'GET /api/v1/customer/{id}':
        return found('Customer', this.#customers.get(id));
      case 'GET /api/v1/customer':
        return this.#customers.page(query, { email_address: 'email' });
      default:
        return undefined;
    }
  }

  /** @throws {TypeError} there is no such payment, or it has ended the other way. */
  complete(paymentId: string, outcome: ScriptedOutcome): GatewayRecord {
    const payment = this.#payments.get(paymentId);
    if (payment === undefined) throw new TypeError('The script has no payment of this id');
    if (payment['status'] === outcome) return payment;
    if (payment['status'] !== 'in_progress') {
      throw new TypeError('The payment is final; start another one');
    }
    const now = timestamp();
    const order = this.#orders.get(String(payment['payin_id']));
    if (outcome === 'success' && order !== undefined) {
      this.#orders.put({ ...order, status: 'paid', updated_at: now });
    }
    return this.#payments.put(completed(payment, outcome, now));
  }

  #open({ body = {} }: ScriptedRequest): ScriptedAnswer | undefined {
    if (typeof body['amount'] !== 'number') return undefined;
    if (this.#orders.isKnown(body['request_id'])) return duplicate('Order');
    const order = { document_id: null, payment_methods: ['card'], notes: null, ...body };
    return created(this.#orders.put({ ...order, ...begun('order') }, body['request_id']));
  }

  #pay({ body = {}, path }: ScriptedRequest): ScriptedAnswer | undefined {
    if (typeof body['order_id'] !== 'string') return undefined;
    if (this.#payments.isKnown(body['request_id'])) return duplicate('Payment');
    const order = this.#orders.get(body['order_id']);
    if (order === undefined) return notFound('Order');
    if (order['status'] !== 'active') return refusal(400, 'Bad Request', 'Order is already paid');
    const payment = paymentOf(order, body, timestamp());
    this.#payments.put(payment, body['request_id']);
    return { status: 201, body: startedPayment(payment, path) };
  }

  #enrol({ body = {} }: ScriptedRequest): ScriptedAnswer {
    return created(this.#customers.put({ ...body, ...begun('cust') }));
  }

  #change({ id, body }: ScriptedRequest): ScriptedAnswer {
    const customer = this.#customers.get(id);
    if (customer === undefined) return notFound('Customer');
    return { body: this.#customers.put({ ...customer, ...body, updated_at: timestamp() }) };
  }
}

/** What every new object has. */
function begun(prefix: string) {
  const now = timestamp();
  return { id: newId(prefix), status: 'active', created_at: now, updated_at: now };
}

function created(body: GatewayRecord): ScriptedAnswer {
  return { status: 201, body };
}

function found(kind: string, record: GatewayRecord | undefined): ScriptedAnswer {
  return record === undefined ? notFound(kind) : { body: record };
}

function notFound(kind: string): ScriptedAnswer {
  return refusal(404, 'Not Found', `${kind} not found`);
}

function duplicate(kind: string): ScriptedAnswer {
  return refusal(400, 'Bad Request', `${kind} already exists for this request_id`);
}

function timestamp(): string {
  return new Date().toISOString();
}
