import { newId } from '../books/object-id.js';
import { fieldLabel } from '../http/field-label.js';
import type { Fields } from '../http/fields.js';
import { textFault } from '../http/text-rule.js';
import { GatewayError } from '../http/gateway-error.js';
import { readAmount, readCurrency } from '../money/read-money.js';
import { refuseSplits } from '../payments/read-payment.js';
import type { ResourceKit } from '../resource-kit.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import { addMonths, dayOf, lastDate } from './plan.js';
import { planOf, readTerms } from './read-plan.js';
import { SUBSCRIPTION } from './subscription.js';
import type { SubscriptionRecord } from './subscription.js';

const RESERVED_NOTES = ['id', 'customer_id', 'status', 'currency', 'amount', 'created_at'];

/** Which characters a text may have, and how many. */
interface Words {
  readonly letters: RegExp;
  readonly maxLength: number;
}

const NAME: Words = { letters: /^[A-Za-z0-9\s\-_.,()&]*$/, maxLength: 128 };
const DESCRIPTION: Words = { letters: /^[A-Za-z0-9\s\-_.,()&!:'*]*$/, maxLength: 512 };

/** Reads and checks the body of `POST /subscriptions`. @param linkTo gives the page to sign up at. */
export function readNewSubscription(
  fields: Fields,
  { clock, account }: Pick<ResourceKit, 'clock' | 'account'>,
  linkTo: (id: string) => string,
): SubscriptionRecord {
  const id = newId(SUBSCRIPTION.idPrefix, clock);
  const { startsWithFirstPayment, ...terms } = readTerms(fields, clock.now());
  const plan = planOf({ ...terms, startsWithFirstPayment });
  const texts = readTexts(fields);
  if (terms.interval_type === 'as_presented') refuseSplits(fields, account.splits);
  else if (fields.has('split_ids')) {
    fields.texts('split_ids');
    fields.problem('Split ids are only supported for as_presented subscriptions');
  }
  fields.require('notify_customer');
  fields.flag('notify_customer');
  const subscription = {
    id,
    customer_id: fields.requiredText('customer_id'),
    ...texts,
    reference_number: fields.text('reference_number') ?? null,
    status: 'created' as const,
    halt_reason: null,
    amount: readAmount(fields),
    currency: readCurrency(fields),
    ...terms,
    end_date: plan ? lastDate(plan) : null,
    expires_at: readExpiry(fields, clock),
    next_payment_date: terms.start_date,
    subscription_link_url: linkTo(id),
    cancelled_at: null,
    notes: fields.notes('notes', RESERVED_NOTES),
  };
  fields.finish();
  const created_at = timestamp(clock);
  const unpaid = { card: undefined, settledAt: clock.now(), declinesNext: false };
  return { id, created_at, subscription, plan, startsWithFirstPayment, ...unpaid };
}

function readTexts(fields: Fields) {
  return {
    product_name: readWords(fields, 'product_name', NAME) ?? '',
    product_description: readWords(fields, 'product_description', DESCRIPTION) ?? '',
    plan_name: readWords(fields, 'plan_name', NAME) ?? null,
    plan_description: readWords(fields, 'plan_description', DESCRIPTION) ?? null,
  };
}

/** @throws {GatewayError} at once for too many characters, or one that is not allowed: documented alone. */
function readWords(
  fields: Fields,
  name: string,
  { letters, maxLength }: Words,
): string | undefined {
  const words = name.startsWith('product') ? fields.requiredText(name) : fields.text(name);
  const fault = textFault(words ?? '', { maxLength }) ?? lettersFault(words ?? '', letters);
  if (fault !== undefined) throw GatewayError.badRequest(`${fieldLabel('', name)} ${fault}`);
  return words;
}

function lettersFault(words: string, letters: RegExp): string | undefined {
  return letters.test(words) ? undefined : 'contains invalid characters';
}

function readExpiry(fields: Fields, clock: Clock): string {
  const expiresAt = fields.date('expires_at');
  fields.require('expires_at');
  if (expiresAt === undefined) return '';
  const today = dayOf(clock.now());
  if (expiresAt < today) fields.problem('Expires at must be today or in the future');
  if (expiresAt > addMonths(today, 1)) {
    fields.problem('Expires at cannot be more than 1 months from today');
  }
  return expiresAt;
}
