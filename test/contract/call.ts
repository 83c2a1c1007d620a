import type { Type } from '@nestjs/common';
import type { PlainClient } from './plain-client.js';

/** What a second sending does: nothing; nothing, as the gateway knows it again; the same again; another. */
export type Repeat = 'nothing' | 'guarded' | 'converges' | 'again';

/** What has to arrive: the body, or the query of a GET or DELETE. */
export interface Arriving {
  readonly wire?: Readonly<Record<string, unknown>>;
}

/** What a caller hands to the library, and what has to arrive. */
export interface Sent<I extends object> extends Arriving {
  readonly input: I;
}

/** Titles of tests that do not hold yet, with the reason. One that holds fails until it is taken out. */
export type Gaps = Readonly<Record<string, string>>;

/** What the sandbox needs before a call. */
export interface Arranged {
  /** In the path. */
  readonly id?: string;
  /** Real values in place of those of `wire`, by path; only where `wire` has the path. */
  readonly wire?: Readonly<Record<string, unknown>>;
}

/** One operation of the gateway, and the method of the library that asks for it. */
export interface Call<S extends object, I extends object> {
  /** Its name in `facts/endpoints.json`. */
  readonly endpoint: string;
  readonly service: Type<S>;
  readonly method: keyof S & string;
  /** Other methods over the same operation. */
  readonly also?: readonly (keyof S & string)[];
  readonly repeat: Repeat;
  /** When the gateway knows a guarded call again. @defaultValue with a `requestId` */
  readonly guard?: string;
  /** Tests of this operation beside the contract's, from the root of the repository. */
  readonly tests?: readonly string[];
  send(service: S, input: I, id: string): Promise<unknown>;
  /** In the path. @defaultValue the id of the example that is answered */
  readonly id?: string;
  readonly smallest: Sent<I>;
  /**
   * The fullest call of each form that a body has. Where the facts name the forms it begins with their
   * name; what cannot go together is told after a comma: `without_quote, of a platform`.
   */
  readonly fullest?: Readonly<Record<string, Sent<I>>>;
  /** Members whose path in the input is not that of the wire in camel case, by their path on the wire. */
  readonly renamed?: Readonly<Record<string, string>>;
  /** Members that the library fills in, so that a caller may leave them out. */
  readonly filledIn?: readonly string[];
  /** Documented members that this call never sends, with the reason. */
  readonly unsent?: Readonly<Record<string, string>>;
  /** Lists of values that are left to the gateway to judge, with the reason. */
  readonly open?: Readonly<Record<string, string>>;
  arrange?(gateway: PlainClient): Promise<Arranged>;
  readonly gaps?: { readonly library?: Gaps; readonly sandbox?: Gaps };
}

/** A call of any service. */
export interface AnyCall extends Omit<Call<object, object>, 'method' | 'also'> {
  readonly method: string;
  readonly also?: readonly string[];
}

/** The operations of one resource. */
export interface ResourceCalls {
  readonly title: string;
  readonly calls: readonly AnyCall[];
  /** Operations that have no method yet, with the reason. */
  readonly missing?: Readonly<Record<string, string>>;
  /** Members of an answer that are under `raw` only, by object and path, with the reason. */
  readonly underRaw?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The same, where it is a gap. */
  readonly lost?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** One operation of the gateway as the wire has it, whoever asks for it. */
export interface WireCall<S extends Arriving = Arriving> {
  readonly endpoint: string;
  readonly smallest: S;
  readonly fullest?: Readonly<Record<string, S>>;
  readonly filledIn?: readonly string[];
  readonly unsent?: Readonly<Record<string, string>>;
  arrange?(gateway: PlainClient): Promise<Arranged>;
  readonly gaps?: { readonly sandbox?: Gaps };
}

/** Operations that the library has no method for, as the sandbox takes them. */
export interface HandCalls {
  readonly title: string;
  /** The name of its file in `by-hand`. */
  readonly file: string;
  readonly calls: readonly WireCall[];
}

/** Holds the input to what the method takes, then forgets the types. */
export function call<S extends object, I extends object>(entry: Call<S, I>): AnyCall {
  return entry;
}
