import pLimit from 'p-limit';

const AT_ONCE = 10;

/** Where webhooks go, and how many at a time. */
export class WebhookEndpoint {
  readonly #slots = pLimit(AT_ONCE);
  readonly #lanes = new Map<string, Promise<void>>();

  constructor(readonly url: string) {}

  /** Runs an attempt as soon as one of the slots is free. */
  inSlot<T>(attempt: () => Promise<T>): Promise<T> {
    return this.#slots(attempt);
  }

  /** Runs work on one subject after the work on it that came before. */
  async inOrder(subject: string, work: () => Promise<void>): Promise<void> {
    const before = this.#lanes.get(subject) ?? Promise.resolve();
    const mine = before.then(work);
    this.#lanes.set(subject, mine);
    await mine;
    if (this.#lanes.get(subject) === mine) this.#lanes.delete(subject);
  }
}
