/** The five parameters of a callback, by the names of the gateway and of its checkout SDK. */
const names: Readonly<Record<string, keyof CallbackParameters>> = {
  order_id: 'orderId',
  orderId: 'orderId',
  payment_id: 'paymentId',
  paymentId: 'paymentId',
  status: 'status',
  signature: 'signature',
  error: 'error',
};

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
  if (typeof query !== 'object' || query === null || Array.isArray(query)) return undefined;
  return collect(Object.entries(query));
}

/**
 * Collects the parameters from the address of a request. The raw address is read here and only
 * here, because frameworks disagree about repeats, brackets and broken encodings.
 */
export function parametersOfUrl(url: string): CallbackParameters | undefined {
  const address = url.split('#', 1)[0] ?? '';
  const start = address.indexOf('?');
  const query = start === -1 ? '' : address.slice(start + 1);
  const pairs: [string, string | undefined][] = [];
  for (const part of query.split('&')) {
    const split = part.indexOf('=');
    const name = decode(split === -1 ? part : part.slice(0, split));
    const value = decode(split === -1 ? '' : part.slice(split + 1));
    if (name !== undefined) pairs.push([name, value]);
  }
  return collect(pairs);
}

function collect(pairs: readonly (readonly [string, unknown])[]): CallbackParameters | undefined {
  const parameters: CallbackParameters = {};
  for (const [name, value] of pairs) {
    // Query parsers make lists and objects of bracketed names: `order_id[]` is another `order_id`.
    const plain = name.split('[', 1)[0] ?? name;
    const member = Object.hasOwn(names, plain) ? names[plain] : undefined;
    if (member === undefined) continue;
    const isOneText = typeof value === 'string' && plain === name;
    // The SDK's failure payload has an object here; nothing of it is signed or used.
    if (member === 'error' && !isOneText) continue;
    if (!isOneText || Object.hasOwn(parameters, member)) return undefined;
    parameters[member] = value;
  }
  return parameters;
}

/** Undefined: not a valid percent-encoding of UTF-8. */
function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
