import { setTimeout as pause } from 'node:timers/promises';
import { randomOf } from '../storm/random.mjs';
import { nameOn } from './gateway-books.mjs';
import { bankPlan, compliancePlan } from './refund-plan.mjs';

const LOOK_EVERY_MS = 100;

// The bank, which ends refunds, and compliance, which asks about some payments: both after a while, and
// at times unheard, because their webhook gets lost.
export class GatewayHand {
  #sandbox;
  #seed;
  #known = new Set();
  #begun = [];
  #stop = new AbortController();
  #looking;

  constructor(sandbox, seed) {
    this.#sandbox = sandbox;
    this.#seed = seed;
  }

  start() {
    this.#looking = this.#look();
  }

  // Resolves when everything has been done that was begun. Calling it again does nothing.
  async stop() {
    this.#stop.abort();
    await this.#looking;
    await Promise.all(this.#begun);
  }

  async #look() {
    do {
      await pause(LOOK_EVERY_MS);
      for (const refund of this.#sandbox.refunds.list()) {
        if (refund.status === 'in_progress') this.#begin(refund.id, () => this.#endRefund(refund));
      }
      for (const payment of this.#sandbox.payments.list()) {
        if (payment.compliance_status === 'action_required') {
          this.#begin(payment.id, () => this.#review(payment));
        }
      }
    } while (!this.#stop.signal.aborted);
  }

  #begin(id, work) {
    if (this.#known.has(id)) return;
    this.#known.add(id);
    this.#begun.push(work());
  }

  async #endRefund({ id, payment_id: paymentId, reason }) {
    const nth = this.#sandbox.refunds.list().filter((one) => one.payment_id === paymentId).length;
    const name = nameOn(this.#sandbox.payments.get(paymentId));
    const plan = bankPlan(randomOf(this.#seed, 'bank', name, nth));
    await pause(plan.afterMs);
    if (plan.decision === 'nothing') return;
    const end = () => this.#sandbox.completeRefund(id, plan.decision);
    // Of one that was made elsewhere nothing else would ever tell.
    if (plan.isUnheard && reason !== 'Others') this.#unheard(end);
    else end();
  }

  async #review(payment) {
    const plan = compliancePlan(randomOf(this.#seed, 'compliance', nameOn(payment)));
    await pause(plan.answerAfterMs);
    if (!plan.answers) return;
    const { id, documents_required: wanted } = payment.rfi;
    const documents = wanted.map(({ rfi_doc_id }) => ({ rfi_doc_id, doc_id: 'doc_1' }));
    const answer = await fetch(`${this.#sandbox.url}/api/v1/rfis/${id}/respond`, {
      method: 'PATCH',
      headers: {
        authorization: `Bearer ${this.#sandbox.secretKey}`,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ documents }),
    });
    if (!answer.ok) throw new Error(`Compliance took no answer: ${await answer.text()}`);
    await pause(plan.verdictAfterMs);
    const decide = () => this.#sandbox.reviewRfi(id, plan.verdict);
    if (plan.isUnheard) this.#unheard(decide);
    else decide();
  }

  // The webhooks of what happens now get lost.
  #unheard(work) {
    const { webhooks } = this.#sandbox;
    const { endpoints } = webhooks;
    webhooks.endpoints = [];
    try {
      work();
    } finally {
      webhooks.endpoints = endpoints;
    }
  }
}
