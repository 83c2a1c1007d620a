import { GlomopayResponseMalformedError } from '../errors/response-malformed.error.js';
import { isObject } from '../values/is-object.js';

/** Reads one value, or says what was expected. `undefined` stands for an absent member. */
export interface WireReader<T> {
  (value: unknown, path: string): T;
}

/** Reads one value and never fails, so that it need not know where the value stands. */
export interface LooseReader<T> {
  (value: unknown): T;
}

const hasOwn = Object.prototype.hasOwnProperty;

/** An object as the gateway sent it. Only own members are ever read. */
export class WireObject {
  /** The whole object, unknown members included. */
  readonly raw: Readonly<Record<string, unknown>>;

  constructor(
    /** What the object is, for the path in an error: `payment`. */
    readonly path: string,
    body: unknown,
  ) {
    if (!isObject(body)) {
      throw new GlomopayResponseMalformedError(path, 'an object');
    }
    this.raw = Object.freeze(body);
  }

  /** Reads a member by its wire name; a failure carries the path `object.member`. */
  read<T>(name: string, reader: WireReader<T>): T {
    const { raw } = this;
    const value = raw[name];
    const own = value === undefined || hasOwn.call(raw, name) ? value : undefined;
    return reader(own, `${this.path}.${name}`);
  }

  has(name: string): boolean {
    return Object.hasOwn(this.raw, name);
  }
}
