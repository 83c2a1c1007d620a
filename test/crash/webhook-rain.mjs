import { randomOf } from '../storm/random.mjs';

const TICK_MS = 20;

const weights = {
  'webhook-duplicate': 3,
  'webhook-delayed': 3,
  'webhook-reordered': 3,
  'webhook-stale-snapshot': 2,
  'webhook-wrong-signature': 1,
};

// Lets webhooks go astray now and then: after every few events the next one is told twice, late, after
// its successor, followed by an older one, or with a signature that is not the gateway's. Counts those
// that an event came after.
export class WebhookRain {
  counts = {};
  #sandbox;
  #random;
  #waiting;
  #seen = 0;
  #calm;
  #timer;

  constructor(sandbox, seed) {
    this.#sandbox = sandbox;
    this.#random = randomOf(seed, 'webhooks');
    this.#calm = this.#random.between(0, 4);
  }

  start() {
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  // From here on webhooks arrive as they should.
  stop() {
    clearInterval(this.#timer);
    this.#tick();
    this.#sandbox.faults.clear();
  }

  #tick() {
    const events = this.#sandbox.webhooks.events().length;
    this.#calm -= events - this.#seen;
    if (events > this.#seen && this.#waiting !== undefined) {
      this.counts[this.#waiting] = (this.counts[this.#waiting] ?? 0) + 1;
      this.#waiting = undefined;
    }
    this.#seen = events;
    if (this.#waiting !== undefined || this.#calm > 0) return;
    this.#waiting = this.#random.weighted(weights);
    const options =
      this.#waiting === 'webhook-delayed' ? { delayMs: this.#random.between(50, 4000) } : {};
    this.#sandbox.faults.next('webhook', this.#waiting, options);
    this.#calm = this.#random.between(2, 6);
  }
}
