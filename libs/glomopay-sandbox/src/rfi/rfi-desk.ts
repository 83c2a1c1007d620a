import { Book } from '../books/book.js';
import { lifecycle } from '../books/lifecycle.js';
import { newId } from '../books/object-id.js';
import { GatewayError } from '../http/gateway-error.js';
import { timestamp } from '../time/clock.js';
import type { Scheduler } from '../time/clock.js';
import { RFI } from './rfi.js';
import type { DocumentRequirement, Rfi, RfiAnswer, RfiNews, RfiRecord, RfiStatus } from './rfi.js';

/** How long a review takes. */
const REVIEW_MS = 5000;

/** INFERRED, from the dates of the published sample. */
const ANSWER_WITHIN_MS = 16 * 86_400_000;

/** What compliance wants to know, and about what. */
export interface RaisedRfi {
  /** The payment, order, link or refund that it is about. */
  readonly objectId: string;
  /** The documents that are wanted. @defaultValue a passport */
  readonly documents?: readonly string[];
  /** Its owner hears of everything that becomes of it, after `raise` has returned. */
  readonly told: (news: RfiNews, rfi: Rfi) => void;
}

const STATUS = lifecycle<RfiRecord, RfiStatus>({
  statusOf: ({ rfi }) => rfi.status,
  moves: {
    action_required: ['under_review', 'expired'],
    under_review: ['closed', 'action_required'],
    closed: [],
    expired: [],
  },
});

/** Compliance: raises RFIs, takes answers and reviews them. */
export class RfiDesk {
  readonly book: Book<RfiRecord>;
  readonly #clock: Scheduler;

  constructor(clock: Scheduler) {
    this.#clock = clock;
    this.book = new Book<RfiRecord>(
      {
        ...RFI,
        lifecycles: [{ changes: STATUS.changes, tell: tellOwner }],
        expiry: {
          dueAt: ({ rfi }) =>
            rfi.status === 'action_required' ? Date.parse(rfi.response_deadline) : undefined,
          change: (record) => become(record, { status: 'expired' }, 'expired'),
        },
      },
      clock,
    );
  }

  /** Asks for documents. The owner shows what it needs of the RFI. */
  raise({ objectId, documents = ['Passport'], told }: RaisedRfi): Rfi {
    const id = newId(RFI.idPrefix, this.#clock);
    const rfi: Rfi = {
      id,
      status: 'action_required',
      reason_code: 'COMPLIANCE_REVIEW',
      reason_code_description: 'Compliance needs documents before it goes on',
      ...this.#request(documents),
    };
    this.book.open({ id, created_at: timestamp(this.#clock), rfi, objectId, told, news: 'asked' });
    return rfi;
  }

  /** The newest RFI about an object. */
  about(objectId: string): Rfi | undefined {
    return this.book.list().find((record) => record.objectId === objectId)?.rfi;
  }

  /** Takes an answer to what is asked about an object, as {@link answer} does. */
  answerAbout(objectId: string, answers: readonly RfiAnswer[], kind: string): Rfi {
    return this.answer(this.about(objectId)?.id ?? '', answers, kind);
  }

  /**
   * Takes an answer to every requirement in one call. It is under review then, and approved after
   * five seconds on the sandbox's clock unless {@link review} says otherwise before.
   *
   * @param kind as the refusal names the object: `order`, `payment link`. @defaultValue 'rfi' (INFERRED)
   * @throws {GatewayError} 400 when it asks nothing, or the answer is not complete; nothing changes.
   */
  answer(id: string, answers: readonly RfiAnswer[], kind = 'rfi'): Rfi {
    const record = this.book.get(id);
    if (record?.rfi.status !== 'action_required' || !isComplete(record.rfi, answers)) {
      throw GatewayError.badRequest(`Invalid rfi_doc_id or ${kind} not in action_required status`);
    }
    const rfi = this.#move(record, { status: 'under_review' }, 'answered');
    this.book.moveLater(id, REVIEW_MS, (due) => become(due, { status: 'closed' }, 'approved'));
    return rfi;
  }

  /**
   * Ends a review at once, or asks again under the same id, with a new deadline.
   *
   * @throws {GatewayError} 400 unless it is under review.
   */
  review(id: string, outcome: 'approve' | 'reject' | 'ask_again', documents = ['Passport']): Rfi {
    const record = this.book.find(id);
    if (record.rfi.status !== 'under_review')
      throw GatewayError.badRequest('Rfi is not under review');
    if (outcome === 'ask_again') {
      const asked = { status: 'action_required' as const, ...this.#request(documents) };
      return this.#move(record, asked, 'asked');
    }
    return this.#move(
      record,
      { status: 'closed' },
      outcome === 'approve' ? 'approved' : 'rejected',
    );
  }

  #move(record: RfiRecord, change: Partial<Rfi>, news: RfiNews): Rfi {
    const moved = become(record, change, news);
    this.book.move(record.id, moved);
    return moved.rfi;
  }

  #request(documents: readonly string[]): Pick<Rfi, 'response_deadline' | 'documents_required'> {
    return {
      response_deadline: new Date(this.#clock.now() + ANSWER_WITHIN_MS).toISOString(),
      documents_required: documents.map((description): DocumentRequirement => ({
        rfi_doc_id: newId('rfidoc', this.#clock),
        description,
        multiple_allowed: false,
        max_count: 1,
      })),
    };
  }
}

function become({ rfi }: RfiRecord, change: Partial<Rfi>, news: RfiNews) {
  return { rfi: { ...rfi, ...change }, news };
}

/** The owner knows that it has raised one. */
function tellOwner({ told, news, rfi }: RfiRecord, before?: RfiRecord): void {
  if (before) told(news, rfi);
}

/** Every requirement is answered as often as it may be, and nothing else is. */
function isComplete({ documents_required: wanted }: Rfi, answers: readonly RfiAnswer[]): boolean {
  const countOf = (id: string) => answers.filter(({ rfiDocId }) => rfiDocId === id).length;
  const known = wanted.reduce((sum, { rfi_doc_id }) => sum + countOf(rfi_doc_id), 0);
  return (
    known === answers.length &&
    wanted.every(({ rfi_doc_id, max_count }) => {
      const count = countOf(rfi_doc_id);
      return count >= 1 && count <= max_count;
    })
  );
}
