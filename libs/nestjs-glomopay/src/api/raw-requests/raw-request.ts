import { GlomopayValidationError, type GlomopayViolation } from '../../errors/validation.error.js';
import type { HttpMethod } from '../../values/http-method.js';
import { holdsCardNumber } from '../../values/full-card-number.js';
import { isObject } from '../../values/is-object.js';
import { plainJson } from '../../wire/plain-json.js';
import { rawPath, type RawPath } from './raw-path.js';
import { BANK_ACCOUNT_MEMBER } from './raw-personal.js';

/** A call that this library has no method for. */
export interface RawRequest {
  readonly method: HttpMethod;
  /** Written whole, without a query: `/api/v1/bank_account_validations`. */
  readonly path: `/api/v1/${string}` | `/api/v2/${string}`;
  /** Texts, finite numbers, true or false; undefined ones are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  /** Plain JSON in the gateway's spelling. Not with GET. */
  readonly body?: Readonly<Record<string, unknown>> | undefined;
}

/** A raw request, every part of it checked. */
export interface CheckedRequest {
  readonly method: HttpMethod;
  readonly path: RawPath;
  readonly query: Readonly<Record<string, string>> | undefined;
  readonly body: Readonly<Record<string, unknown>> | undefined;
}

const methods: readonly HttpMethod[] = ['GET', 'POST', 'PATCH', 'DELETE'];
const members: readonly string[] = ['method', 'path', 'query', 'body'];
const QUERY_NAME = /^[A-Za-z][A-Za-z0-9_[\]-]{0,63}$/;
/** What a request with a card has in it, wherever it stands: a name without what is no letter or digit. */
const CARD_MEMBER =
  /^(?:(?:credit|debit|payment)?card(?:details?|data|info|(?:account)?number|num|no)?|primaryaccountnumber|cc(?:number|num|no)|(?:card|cc)?(?:cvv|cvc|cvn|csc)2?(?:code|number)?|(?:card)?security(?:code|number))$/;

/** @throws {GlomopayValidationError} every broken rule, and no value. */
export function checkedRequest(request: RawRequest): CheckedRequest {
  const violations: GlomopayViolation[] = [];
  const refuse = (path: string, rule: string, message: string) =>
    violations.push({ path, rule, message });
  const { method, path, query, body } = opened(request);
  const known = methods.find((each) => each === method);
  if (known === undefined) refuse('method', 'isIn', `must be one of ${methods.join(', ')}`);
  const read = rawPath(path);
  if (read === undefined) {
    refuse(
      'path',
      'isPath',
      'must be /api/v1/… or /api/v2/… of letters, digits, _ and -, without a query',
    );
  }
  if (known === 'GET' && body !== undefined)
    refuse('body', 'isAbsent', 'must not be given with GET');
  const checked = {
    query: query === undefined ? undefined : checkedQuery(query, violations),
    body: body === undefined ? undefined : checkedBody(body, violations),
  };
  if (violations.length > 0 || known === undefined || read === undefined) {
    throw new GlomopayValidationError('request', violations);
  }
  return { method: known, path: read, ...checked };
}

function opened(request: unknown): Readonly<Partial<Record<keyof RawRequest, unknown>>> {
  if (isObject(request) && Object.keys(request).every((name) => members.includes(name))) {
    return request;
  }
  throw new GlomopayValidationError('request', [
    {
      path: '',
      rule: 'knownMembersOnly',
      message: `must have ${members.join(', ')} and nothing else`,
    },
  ]);
}

function checkedBody(
  body: unknown,
  violations: GlomopayViolation[],
): Readonly<Record<string, unknown>> | undefined {
  const copy = plainJson(body, 'body', violations, cardRule, cardNumberRule);
  if (isObject(copy)) return { ...copy };
  if (copy !== undefined) {
    violations.push({ path: 'body', rule: 'isObject', message: 'must be an object' });
  }
  return undefined;
}

/** `card[number]` is the card's in a query: each part of a name is looked at as well. */
function cardRule(name: string): string | undefined {
  const parts = [name, ...name.split(/[[\].]/)];
  const isCard = parts.some((part) =>
    CARD_MEMBER.test(part.replace(/[^A-Za-z0-9]/g, '').toLowerCase()),
  );
  return isCard || holdsCardNumber(name)
    ? 'must not be sent here: cards go through PaymentsService'
    : undefined;
}

/**
 * A whole card number is refused under any name but those of bank accounts, of whose numbers one in many
 * looks like one: a payout that is refused for its beneficiary's account would be worse.
 */
function cardNumberRule(value: string | number, name: string): string | undefined {
  if (BANK_ACCOUNT_MEMBER.test(name) || !holdsCardNumber(String(value))) return undefined;
  return 'must not hold what looks like a card number: cards go through PaymentsService';
}

function checkedQuery(
  query: unknown,
  violations: GlomopayViolation[],
): Readonly<Record<string, string>> {
  const copy = plainJson(query, 'query', violations, cardRule, cardNumberRule);
  if (!isObject(copy)) {
    violations.push({ path: 'query', rule: 'isObject', message: 'must be an object' });
    return {};
  }
  const entries = Object.entries(copy);
  if (entries.some(([name]) => !QUERY_NAME.test(name))) {
    violations.push({
      path: 'query',
      rule: 'isName',
      message: 'must have names of letters, digits, _ and -',
    });
  }
  if (entries.some(([, value]) => typeof value === 'object')) {
    violations.push({
      path: 'query',
      rule: 'isText',
      message: 'must hold texts, numbers, true and false only',
    });
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}
