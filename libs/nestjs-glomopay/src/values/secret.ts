import { inspect } from 'node:util';
import { CLASSES } from '../errors/across-copies.js';
import { Named } from '../errors/named.decorator.js';

/** The texts themselves, reachable only through {@link reveal}. */
const texts = new WeakMap<Secret, string>();

/**
 * A text that must not be seen. Printed, inspected, serialised or put into a template it gives its
 * mask; the text lives outside the object, so a clone or a dump of it does not carry the text.
 */
@Named('Secret')
export class Secret {
  readonly #mask: string;

  constructor(text: string, mask = '[secret]') {
    this.#mask = mask;
    texts.set(this, text);
    Object.freeze(this);
  }

  /** @internal */
  protected get [CLASSES](): readonly string[] {
    return ['Secret'];
  }

  toString(): string {
    return this.#mask;
  }

  toJSON(): string {
    return this.#mask;
  }

  [Symbol.toPrimitive](): string {
    return this.#mask;
  }

  [inspect.custom](): string {
    return this.#mask;
  }
}

/** The text of a secret. Called in the line that uses it, never to keep it. */
export function reveal(secret: Secret): string {
  const text = texts.get(secret);
  if (text === undefined) throw new TypeError('This Secret was not made here.');
  return text;
}
