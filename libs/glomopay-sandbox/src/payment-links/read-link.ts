import { randomUUID } from 'node:crypto';
import { newId } from '../books/object-id.js';
import type { Fields } from '../http/fields.js';
import { readPayinDetails, readPayinTerms } from '../payins/read-payin.js';
import type { PayinMarket, PayinTerms } from '../payins/read-payin.js';
import { assertRequiredNotes } from '../required-notes.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import { monthsLater } from '../time/months.js';
import { PAYMENT_LINK } from './payment-link.js';
import type { LinkRecord } from './payment-link.js';

const FIXED_BY_QUOTE = ['amount', 'currency', 'expires_at', 'price_id', 'payment_methods'];
const REMINDER_DAYS = [1, 2, 7, 14];
const MOST_MONTHS = 6;

/** Reads and checks the body of `POST /payin`. @param pageOf gives the page of a token. */
export function readNewLink(
  fields: Fields,
  market: PayinMarket,
  pageOf: (token: string) => string,
): LinkRecord {
  const { clock, account } = market;
  const terms = readPayinTerms(fields, market, FIXED_BY_QUOTE);
  const expires_at = terms.quote?.expires_at ?? readExpiry(fields, clock, 'required') ?? '';
  // No mail is sent here, and a request_id guards nothing.
  fields.flag('notify_customer');
  fields.text('request_id');
  const id = newId(PAYMENT_LINK.idPrefix, clock);
  const token = randomUUID();
  const url = pageOf(token);
  const now = timestamp(clock);
  const link = {
    id,
    ...readPayinDetails(fields, terms, account),
    status: 'active' as const,
    payment_methods: offered(terms, account.paymentMethods),
    currency: terms.currency,
    amount: terms.amount,
    expires_at,
    last_reminder_sent_at: null,
    payment_link: url,
    reminder_frequency: readReminder(fields) ?? null,
    price_id: terms.priceId,
    created_at: now,
    updated_at: now,
  };
  fields.finish();
  assertRequiredNotes(link.notes, account);
  const { quote, referralFee } = terms;
  return { id, created_at: now, link, url, token, quote, referralFee };
}

/** A method that is not set up is ignored; all of them are offered where none is left (INFERRED). */
function offered({ methods }: PayinTerms, enabled: LinkRecord['link']['payment_methods']) {
  const left = methods?.filter((method) => enabled.includes(method)) ?? [];
  return left.length > 0 ? left : enabled;
}

/** Reads `expires_at`: to come, and within six months. A bare date is the beginning of that day. */
export function readExpiry(
  fields: Fields,
  clock: Clock,
  need: 'required' | 'optional',
): string | undefined {
  const instant = fields.instant('expires_at', 'start');
  if (need === 'required') fields.require('expires_at');
  if (instant === undefined) return undefined;
  if (instant <= clock.now()) fields.problem('Expires at must be in the future');
  if (instant > monthsLater(clock.now(), MOST_MONTHS)) {
    fields.problem('Expires at cannot be more than 6 months from now');
  }
  return new Date(instant).toISOString();
}

export function readReminder(fields: Fields): number | undefined {
  const days = fields.integer('reminder_frequency', 1);
  if (days !== undefined && days >= 1 && !REMINDER_DAYS.includes(days)) {
    fields.problem('Reminder frequency is not included in the list');
  }
  return days;
}
