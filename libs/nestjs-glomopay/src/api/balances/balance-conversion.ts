import { id, looseDecimal, looseObject, looseText, openText } from '../../wire/readers.js';
import { may, must, shape, type ObjectOf } from '../../wire/shape.js';
import { knownMoney, looseMoney } from '../parts/money.js';

/** Status of a conversion. A status that is not listed is not final. */
export type ConversionStatus = 'success' | 'failed' | 'pending' | (string & {});

/** What was taken and what came of it is checked, with id and status; the rest is tolerated. */
export const conversionShape = shape('balance_conversion', {
  id: must('id', id('conversion')),
  status: must('status', openText<ConversionStatus>()),
  /** What is taken from the balance. */
  from: must('from', knownMoney),
  /** What is added to the balance. */
  to: must('to', knownMoney),
  fees: may('fees', looseMoney),
  /** What banks trade at; not what you got, which is `from` and `to`. */
  midMarketRate: may(
    'mid_market_rate',
    looseObject((rate) => ({
      currency: looseText(rate.currency),
      /** A decimal, to be shown and not to be reckoned with. */
      rate: looseDecimal(rate.rate),
    })),
  ),
  /** ISO 8601, UTC. */
  createdAt: may('created_at'),
});

/** Money of the balance that was changed into another currency. */
export interface BalanceConversion extends ObjectOf<typeof conversionShape> {}
