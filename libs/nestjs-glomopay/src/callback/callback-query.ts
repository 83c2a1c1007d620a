import { isObject } from '../values/is-object.js';

/** The parameters of a callback; each is there at most once. */
export interface CallbackParameters {
  orderId?: string;
  paymentId?: string;
  status?: string;
  signature?: string;
  error?: string;
}

/**
 * Collects the parameters from a parsed query or an SDK payload. Undefined: one of them is there
 * twice (also once in each spelling), or is not a text.
 */
export function parametersOf(query: unknown): CallbackParameters | undefined {
  if (!isObject(query)) return undefined;
  const parameters: CallbackParameters = {};
  for (const name of Object.keys(query)) {
    if (!take(parameters, name, query[name])) return undefined;
  }
  return parameters;
}

/**
 * Collects the parameters from the address of a request. The raw address is read here and only
 * here, because frameworks disagree about repeats, brackets and broken encodings.
 */
export function parametersOfUrl(url: string): CallbackParameters | undefined {
  const hash = url.indexOf('#');
  const address = hash === -1 ? url : url.slice(0, hash);
  const start = address.indexOf('?');
  const parameters: CallbackParameters = {};
  if (start === -1) return parameters;
  for (const part of address.slice(start + 1).split('&')) {
    const split = part.indexOf('=');
    const name = decode(split === -1 ? part : part.slice(0, split));
    const value = decode(split === -1 ? '' : part.slice(split + 1));
    if (name !== undefined && !take(parameters, name, value)) return undefined;
  }
  return parameters;
}

/** Takes one parameter. False: it is there already, or it is not one text. */
function take(parameters: CallbackParameters, name: string, value: unknown): boolean {
  const member = memberOf(name);
  if (member === undefined) return !isBracketed(name);
  if (typeof value === 'string') {
    if (parameters[member] !== undefined) return false;
    parameters[member] = value;
    return true;
  }
  // The SDK's failure payload has an object here; it is neither signed nor used.
  return member === 'error';
}

/** Query parsers make lists and objects of bracketed names: `order_id[]` is another `order_id`. */
function isBracketed(name: string): boolean {
  const bracket = name.indexOf('[');
  const member = bracket === -1 ? undefined : memberOf(name.slice(0, bracket));
  return member !== undefined && member !== 'error';
}

/** The parameter of a name, in the spelling of the gateway or of its checkout SDK. */
function memberOf(name: string): keyof CallbackParameters | undefined {
  switch (name) {
    case 'order_id':
    case 'orderId':
      return 'orderId';
    case 'payment_id':
    case 'paymentId':
      return 'paymentId';
    case 'status':
    case 'signature':
    case 'error':
      return name;
    default:
      return undefined;
  }
}

/** Undefined: not a valid percent-encoding of UTF-8. */
function decode(text: string): string | undefined {
  if (!text.includes('%') && !text.includes('+')) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
