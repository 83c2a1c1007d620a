import { randomOf } from '../storm/random.mjs';

const TICK_MS = 20;

const weights = {
  'drop-after-commit': 4,
  'reset-before-processing': 2,
  'server-error': 2,
  latency: 2,
  'latency-after-commit': 3,
  'truncated-json': 2,
  'rate-limit': 1,
};

// Where a payment is made, the bank may also be faster than the gateway's own answer.
const weightsOf = {
  'POST /api/v1/payments': { ...weights, 'webhook-before-answer': 3 },
  // A refund may be refused for a while, or have failed already when it is answered.
  'POST /api/v1/refunds': { ...weights, 'refund-locked': 1, 'refund-fails-at-create': 2 },
};

const routes = {
  'POST /api/v1/orders': /^POST \/api\/v1\/orders$/,
  'POST /api/v1/payments': /^POST \/api\/v1\/payments$/,
  'GET /api/v1/payments/:id': /^GET \/api\/v1\/payments\/[^/]+$/,
  'GET /api/v1/payments': /^GET \/api\/v1\/payments$/,
  'POST /api/v1/refunds': /^POST \/api\/v1\/refunds$/,
  'GET /api/v1/refunds/:id': /^GET \/api\/v1\/refunds\/[^/]+$/,
  'GET /api/v1/refunds': /^GET \/api\/v1\/refunds$/,
};

// Lets the gateway fail now and then: after every few requests of a route the next one, or the next
// up to three in a row, go wrong. Counts what really met a request.
export class FaultRain {
  counts = {};
  #sandbox;
  #random;
  #drops;
  #timer;

  constructor(sandbox, seed) {
    this.#sandbox = sandbox;
    this.#random = randomOf(seed, 'faults');
    this.#drops = Object.entries(routes).map(([route, pattern]) => ({
      route,
      pattern,
      waiting: [],
      calm: this.#random.between(1, 8),
    }));
  }

  start() {
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  // From here on the gateway works.
  stop() {
    clearInterval(this.#timer);
    this.#tick();
    this.#sandbox.faults.clear();
  }

  #tick() {
    const arrived = this.#sandbox.requests.list().map(({ method, path }) => `${method} ${path}`);
    this.#sandbox.requests.clear();
    for (const drop of this.#drops) {
      const requests = arrived.filter((line) => drop.pattern.test(line)).length;
      for (const name of drop.waiting.splice(0, requests)) {
        this.counts[name] = (this.counts[name] ?? 0) + 1;
      }
      drop.calm -= requests;
      if (drop.waiting.length === 0 && drop.calm <= 0) this.#queue(drop);
    }
  }

  #queue(drop) {
    const name = this.#random.weighted(weightsOf[drop.route] ?? weights);
    const inARow = this.#random.weighted({ 1: 6, 2: 2, 3: 2 });
    for (let count = 0; count < Number(inARow); count += 1) {
      this.#sandbox.faults.next(drop.route, name, this.#optionsOf(name));
      drop.waiting.push(name);
    }
    drop.calm = this.#random.between(4, 12);
  }

  #optionsOf(name) {
    switch (name) {
      case 'latency':
      case 'latency-after-commit':
        return { latencyMs: this.#random.between(50, 900) };
      case 'server-error':
        return { status: this.#random.pick([500, 502, 503, 504]) };
      case 'rate-limit':
        return this.#random.chance(0.5) ? { retryAfter: 1 } : {};
      default:
        return {};
    }
  }
}
