import { readFileSync } from 'node:fs';

/** A parameter of a query, or a member of a body; `product.name` is inside `product`. */
export interface FieldFact {
  readonly name: string;
  /** `texts` is an object of texts, `file` a part of a form; `[]` at the end is a list. */
  readonly type: string;
  /** `inside`: wherever the object around it is sent; `sometimes`: see the forms of the body. */
  readonly required?: 'always' | 'inside' | 'sometimes';
  readonly enum?: readonly (string | number)[];
  /** Prefix of the id that it is. */
  readonly prefix?: string;
  readonly min?: number;
  readonly max?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxBytes?: number;
  readonly pattern?: string;
}

/** One of several ways to fill a body. */
export interface FormFact {
  readonly name: string;
  readonly required: readonly string[];
  readonly forbidden?: readonly string[];
}

/** What a success answers. */
export interface AnswerFact {
  readonly status: number;
  /** Other statuses of success. */
  readonly also?: readonly number[];
  readonly object: string;
  /** A page with `page_meta`, or a list and nothing around it. */
  readonly list?: 'page' | 'bare';
  /** The refusal whose body is the object. */
  readonly refusalWithObject?: number;
}

/** One operation of the gateway. */
export interface EndpointFact {
  readonly name: string;
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  readonly path: string;
  /** Another spelling of the path. */
  readonly alias?: string;
  readonly resource: string;
  readonly answer: AnswerFact;
  readonly refusals: readonly number[];
  readonly query?: readonly FieldFact[];
  readonly body?: {
    readonly content: 'json' | 'multipart';
    readonly fields: readonly FieldFact[];
    readonly forms?: readonly FormFact[];
  };
  readonly guard?: 'request_id';
  readonly sandboxOnly?: boolean;
  /** Known from older sources only; perhaps gone. */
  readonly old?: boolean;
  /** The key that it takes, where that is not the secret one. */
  readonly key?: 'publishable';
  /** Parts that no source states (docs/gateway.md, INFERRED). */
  readonly inferred?: readonly string[];
}

/** A member of an object; `payment_method.type` is inside `payment_method`. */
export interface MemberFact {
  readonly name: string;
  /** As of a field, or the name of another object; `A|B` is one of several. */
  readonly type: string;
  readonly nullable?: boolean;
  /** May be missing altogether. */
  readonly optional?: boolean;
  readonly enum?: readonly (string | number)[];
  readonly format?: 'instant' | 'date';
}

/** What the gateway answers; together its examples show every member. */
export interface ObjectFact {
  readonly name: string;
  readonly resource: string;
  readonly members: readonly MemberFact[];
  readonly examples: readonly Readonly<Record<string, unknown>>[];
  readonly inferred?: boolean;
}

/** What the gateway's documentation says, table by table. */
export const endpoints = read<readonly EndpointFact[]>('endpoints');
export const objects = read<readonly ObjectFact[]>('objects');

export function endpoint(name: string): EndpointFact {
  return named(endpoints, name);
}

export function object(name: string): ObjectFact {
  return named(objects, name);
}

/** An object as the gateway answers it. */
export function example(name: string, change: object = {}): Record<string, unknown> {
  return { ...object(name).examples[0], ...change };
}

function named<T extends { readonly name: string }>(facts: readonly T[], name: string): T {
  const fact = facts.find((each) => each.name === name);
  if (fact === undefined) throw new Error(`The facts have no ${name}.`);
  return fact;
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`facts/${name}.json`, import.meta.url), 'utf8')) as T;
}
