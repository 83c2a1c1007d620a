import { valueAt } from './at-path.js';
import type { AnyCall, Arriving, WireCall } from './call.js';
import { endpoint, example, type EndpointFact, type FieldFact } from './facts.js';

/** One change that spoils a call: the member, and what is put in its place. */
export interface Spoiled<S extends Arriving> {
  readonly form: string;
  readonly sent: S;
  readonly field: string;
  /** `undefined` takes the member away. */
  readonly value: unknown;
}

/** What is sent in a call, as a table: its body, or its query. */
export function fieldsOf({ body, query = [] }: EndpointFact): readonly FieldFact[] {
  return body?.fields ?? query;
}

/** The calls that ought to be taken: the smallest, and the fullest of each form. */
export function formsOf<S extends Arriving>({
  smallest,
  fullest,
}: WireCall<S>): readonly (readonly [string, S])[] {
  return [['the smallest call', smallest], ...Object.entries(fullest ?? {})];
}

/** What is in the path of a call: its own, or else that of the example that is answered. */
export function idOf({ endpoint: name, id }: AnyCall): string {
  return id ?? String(example(endpoint(name).answer.object)['id']);
}

/** Each required member taken away, once for each documented form. */
export function withoutRequired<S extends Arriving>(call: WireCall<S>): readonly Spoiled<S>[] {
  const facts = endpoint(call.endpoint);
  const seen = new Set(call.filledIn);
  return Object.entries(call.fullest ?? {}).flatMap(([form, sent]) => {
    const known = facts.body?.forms?.find(({ name }) => name === documentedForm(form));
    return present(facts, sent).flatMap(({ name, required }) => {
      const isRequired = required === 'always' || required === 'inside';
      const key = known === undefined ? name : `${known.name}: ${name}`;
      if (!isRequired && known?.required.includes(name) !== true) return [];
      if (seen.has(name) || seen.has(key)) return [];
      seen.add(key);
      return [{ form, sent, field: name, value: undefined }];
    });
  });
}

/** The form that is meant: `without_quote` for `without_quote, of a platform`. */
export function documentedForm(form: string): string {
  return form.split(',')[0] ?? form;
}

/** Each member whose values are listed, with one that is not on its list. */
export function withUnknownValue<S extends Arriving>(call: WireCall<S>): readonly Spoiled<S>[] {
  return spoiled(call, (field) => {
    if (field.enum === undefined) return undefined;
    const value = typeof field.enum[0] === 'number' ? 8_191 : 'no_such_value';
    return field.type.endsWith('[]') ? [value] : value;
  });
}

/** Each member with a value of another type. */
export function withOtherType<S extends Arriving>(call: WireCall<S>): readonly Spoiled<S>[] {
  return spoiled(call, ({ type }) => (type === 'string' ? 7 : 'seven'));
}

function spoiled<S extends Arriving>(
  call: WireCall<S>,
  valueFor: (field: FieldFact) => unknown,
): readonly Spoiled<S>[] {
  const seen = new Set<string>();
  return Object.entries(call.fullest ?? {}).flatMap(([form, sent]) =>
    present(endpoint(call.endpoint), sent).flatMap((field) => {
      const value = valueFor(field);
      if (value === undefined || seen.has(field.name)) return [];
      seen.add(field.name);
      return [{ form, sent, field: field.name, value }];
    }),
  );
}

/** The documented members that are sent. */
function present(facts: EndpointFact, { wire = {} }: Arriving): readonly FieldFact[] {
  return fieldsOf(facts).filter(({ name }) => valueAt(wire, name) !== undefined);
}
