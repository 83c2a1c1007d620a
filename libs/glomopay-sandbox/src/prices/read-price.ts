import { newId } from '../books/object-id.js';
import { fieldLabel } from '../http/field-label.js';
import type { Fields } from '../http/fields.js';
import { timestamp } from '../time/clock.js';
import type { Clock } from '../time/clock.js';
import { PRICE, PRICING_TYPES } from './price.js';
import type { Price, PricingType } from './price.js';

const MEMBERS: Readonly<Record<PricingType, readonly string[]>> = {
  fixed: ['fees_amount', 'fees_currency'],
  percentage: ['bps'],
};

/** Reads and checks the body of `POST /prices`. All texts are INFERRED. */
export function readNewPrice(fields: Fields, clock: Clock): Price {
  const type = fields.oneOf('pricing_type', PRICING_TYPES);
  fields.require('pricing_type');
  if (type) assertMembers(fields, type);
  const now = timestamp(clock);
  const price = {
    id: newId(PRICE.idPrefix, clock),
    pricing_type: type ?? 'fixed',
    fees_amount: fields.integer('fees_amount', 1) ?? null,
    fees_currency: fields.text('fees_currency', { pattern: /^[A-Z]{3}$/ }) ?? null,
    bps: fields.integer('bps', 1) ?? null,
    set_as_default: fields.flag('set_as_default') ?? false,
    created_at: now,
    updated_at: now,
  };
  fields.finish();
  return price;
}

/** Its own members must be there, those of the other type must not. */
function assertMembers(fields: Fields, type: PricingType): void {
  for (const [owner, names] of Object.entries(MEMBERS)) {
    for (const name of names) {
      if (owner === type) fields.require(name);
      if (owner !== type && fields.has(name)) {
        fields.problem(`${fieldLabel('', name)} must be blank for ${type} prices`);
      }
    }
  }
}
