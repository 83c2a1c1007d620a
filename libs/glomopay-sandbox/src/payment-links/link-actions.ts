import { action, noBody } from '../books/actions.js';
import type { Actions } from '../books/actions.js';
import type { Book } from '../books/book.js';
import type { Fields } from '../http/fields.js';
import { GatewayError } from '../http/gateway-error.js';
import type { PayinStatus } from '../payins/payin-status.js';
import type { ResourceKit } from '../resource-kit.js';
import { readRfiAnswers } from '../rfi/read-answers.js';
import { timestamp } from '../time/clock.js';
import { activate } from './link-book.js';
import { linkChange } from './payment-link.js';
import type { LinkRecord, PaymentLink } from './payment-link.js';
import { readExpiry, readReminder } from './read-link.js';

/** INFERRED: a link that has ended changes no more. */
const ENDED: readonly PayinStatus[] = ['paid', 'failed', 'cancelled', 'expired'];

/** Update, cancel and the answer to an RFI. */
export function linkActions(
  links: Book<LinkRecord>,
  { clock, rfis }: Pick<ResourceKit, 'clock' | 'rfis'>,
): Actions<LinkRecord> {
  const change = (record: LinkRecord, changes: Partial<PaymentLink>): LinkRecord =>
    links.move(record.id, linkChange(record, changes, timestamp(clock))) ?? record;
  return {
    'PATCH ': (record, fields) => change(record, readChanges(record, fields, clock)),
    'PATCH cancel': action(noBody, (record) => {
      // No move is none that could be refused.
      if (record.link.status === 'cancelled') throw notActive();
      return change(record, { status: 'cancelled' });
    }),
    'PATCH update-rfi': action(
      (fields) => readRfiAnswers(fields, 'id'),
      ({ id }, answers) => {
        rfis.answerAbout(id, answers, 'payment link');
        return links.find(id);
      },
    ),
  };
}

/** What compliance does, at once. */
export function linkMocks(
  links: Book<LinkRecord>,
  { clock }: Pick<ResourceKit, 'clock'>,
): Actions<LinkRecord> {
  return {
    'PATCH mock_mark_reviewed': action(noBody, (record) => {
      if (record.link.status !== 'under_review') {
        // Documented with `message` alone.
        throw new GatewayError(400, { message: 'Payment link is not under review.' });
      }
      return links.move(record.id, activate(record, timestamp(clock))) ?? record;
    }),
  };
}

function readChanges(
  { link, quote }: LinkRecord,
  fields: Fields,
  clock: ResourceKit['clock'],
): Partial<PaymentLink> {
  if (ENDED.includes(link.status)) throw notActive();
  if (quote && fields.has('expires_at')) {
    // INFERRED for a change: it expires with its quote.
    throw GatewayError.badRequest('expires_at cannot be specified when quote_id is present');
  }
  const expires_at = readExpiry(fields, clock, 'optional');
  const reminder_frequency = readReminder(fields);
  fields.finish();
  return {
    ...(expires_at !== undefined && { expires_at }),
    ...(reminder_frequency !== undefined && { reminder_frequency }),
  };
}

/** INFERRED text. */
function notActive(): GatewayError {
  return GatewayError.badRequest('Payment link is not active');
}
