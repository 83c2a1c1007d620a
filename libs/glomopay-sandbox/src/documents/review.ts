import type { Book } from '../books/book.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import type { DocumentRecord, DocumentStatus } from './document.js';

/** What compliance can say of a document. */
export const DOCUMENT_DECISIONS = ['approve', 'reject'] as const;

export type DocumentDecision = (typeof DOCUMENT_DECISIONS)[number];

const STATUS_AFTER: Readonly<Record<DocumentDecision, DocumentStatus>> = {
  approve: 'approved',
  reject: 'rejected',
};

/** Decides on a document, once. @throws {GatewayError} 404 for an unknown one, 400 when it was decided otherwise. */
export function reviewDocument(
  documents: Book<DocumentRecord>,
  clock: Clock,
  id: string,
  decision: DocumentDecision,
): DocumentRecord {
  const document = documents.find(id);
  const status = STATUS_AFTER[decision];
  if (document.status === status) return document;
  return documents.move(id, { status, updated_at: timestamp(clock) }) ?? document;
}
