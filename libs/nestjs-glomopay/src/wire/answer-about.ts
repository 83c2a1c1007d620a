import { GlomopayResponseMalformedError } from '../errors/response-malformed.error.js';

/** Checks that an answer is about the object that was asked for, and not about another one. */
export function answerAbout<T extends { readonly id: string | null }>(
  path: string,
  id: string,
  decode: (body: unknown) => T,
): (body: unknown) => T {
  return (body) => {
    const found = decode(body);
    if (found.id === id) return found;
    throw new GlomopayResponseMalformedError(`${path}.id`, 'the id that was asked for');
  };
}
