import { IsString, Matches, MaxLength, MinLength, type ValidationOptions } from 'class-validator';
import { isCalendarDate, isInstant } from '../values/calendar.js';
import { idGrammar, idPrefixes, isId, type IdKind } from '../values/ids.js';
import { decimalPlaces } from '../values/money.js';
import { isCallbackUrl } from '../values/urls.js';
import { isPlain } from './plain-json.js';
import { oneOf, rule, together } from './rule.js';

/** An identifier of the kind, or of one of the kinds; nothing else may reach a path or a body. */
export function IsGlomopayId(
  kind: IdKind | readonly IdKind[],
  options?: ValidationOptions,
): PropertyDecorator {
  const kinds = [kind].flat();
  const prefixes = oneOf(kinds.map((each) => `${idPrefixes[each]}_`));
  return rule(
    'isGlomopayId',
    (value) => kinds.some((each) => isId(each, value)),
    `must be an id that starts with ${prefixes}`,
    options,
    [idGrammar(...kinds), prefixes],
  );
}

/** The host's own key for a create: 1 to 64 characters (docs/gateway.md, Request ids). */
export function IsRequestId(): PropertyDecorator {
  // Half of a character is sent as another one in a query than in a body: what was made would not be found.
  const isWhole = rule(
    'isWellFormed',
    (value) => typeof value !== 'string' || !/\p{Cs}/u.test(value),
    'must not hold half of a character, as a cut through an emoji leaves it',
  );
  return together(IsString(), MinLength(1), MaxLength(64), isWhole);
}

/**
 * A whole number of minor units within safe integers. With the name of the member that holds the
 * currency, an amount of three decimals has to end in 0: the gateway takes two of them
 * (docs/gateway.md, Amounts and currencies).
 */
export function IsMinorUnits(currency?: string, options?: ValidationOptions): PropertyDecorator {
  const whole = rule(
    'isMinorUnits',
    (value) => Number.isSafeInteger(value) && Number(value) >= 1,
    'must be a whole number of minor units, 1 or more',
    options,
  );
  if (currency === undefined) return whole;
  const isRound = (value: unknown, holder: object): boolean => {
    const code: unknown = Reflect.get(holder, currency);
    if (typeof code !== 'string' || decimalPlaces(code) !== 3) return true;
    return !Number.isSafeInteger(value) || Number(value) % 10 === 0;
  };
  const words = 'must end in 0: of three decimals the gateway takes two';
  return together(whole, rule('isTwoDecimals', isRound, words, options));
}

/** Notes: string keys to string values (docs/gateway.md, Notes). */
export function IsNotes(options?: ValidationOptions): PropertyDecorator {
  return rule(
    'isNotes',
    (value) => isPlain(value) && Object.values(value).every((entry) => typeof entry === 'string'),
    'must be a plain object of texts',
    options,
  );
}

/** Where a buyer can come back to; http is accepted on loopback, for development. */
export function IsCallbackUrl(options?: ValidationOptions): PropertyDecorator {
  return rule(
    'isCallbackUrl',
    isCallbackUrl,
    'must be an absolute https URL (http on loopback only) without a fragment and without the parameters of a callback',
    options,
  );
}

/** A day of the calendar, `YYYY-MM-DD`. Whether it is past or to come is not asked: no clock is read. */
export function IsCalendarDate(options?: ValidationOptions): PropertyDecorator {
  return rule('isCalendarDate', isCalendarDate, 'must be a day, YYYY-MM-DD', options);
}

/** A time as the gateway reads it (docs/gateway.md, Lists and filters). */
export function IsInstant(options?: ValidationOptions): PropertyDecorator {
  return rule(
    'isInstant',
    isInstant,
    'must be a time such as 2026-01-31T12:00:00Z, or a day, YYYY-MM-DD',
    options,
  );
}

const ALPHA_3 = /^[A-Z]{3}$/;

/** A country: ISO 3166 alpha-3, upper case. Which ones the gateway serves, it alone knows. */
export function IsCountry(options?: ValidationOptions): PropertyDecorator {
  return Matches(ALPHA_3, {
    message: '$property must be an ISO 3166 alpha-3 code in upper case',
    ...options,
  });
}

/** A currency: ISO 4217, upper case. Where the gateway names the ones it takes, `IsIn` is the rule. */
export function IsCurrency(options?: ValidationOptions): PropertyDecorator {
  return Matches(ALPHA_3, {
    message: '$property must be an ISO 4217 code in upper case',
    ...options,
  });
}

/**
 * A purpose code, by its form alone: the list is the regulator's, and a code that is newer than this
 * library has to pass.
 */
export function IsPurposeCode(
  direction: 'payin' | 'payout',
  options?: ValidationOptions,
): PropertyDecorator {
  return Matches(/^[PS]\d{4}$/, {
    message: `$property must be a ${direction} purpose code: P or S and four digits`,
    ...options,
  });
}
