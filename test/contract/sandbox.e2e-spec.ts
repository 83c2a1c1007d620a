import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { valueAt, withAt } from './at-path.js';
import type { Arranged, WireCall } from './call.js';
import { byHand } from './by-hand/index.js';
import { resources } from './calls/index.js';
import { fieldsOf, formsOf, withOtherType, withoutRequired, withUnknownValue } from './cases.js';
import { objectFaults } from './conformity.js';
import { endpoint, type EndpointFact } from './facts.js';
import { Holding } from './holding.js';
import { PlainClient, type PlainAnswer } from './plain-client.js';

type Wire = Readonly<Record<string, unknown>>;

let gateway: PlainClient;

beforeAll(async () => {
  gateway = new PlainClient(
    await GlomopaySandbox.start({
      requestsPerMinute: 1_000_000,
      account: { splits: ['psplit_1', 'psplit_2'], tpv: true, lrs: { banks: ['hdfc'] } },
    }),
  );
});
afterAll(async () => gateway.sandbox.stop());

/** Asks the sandbox as the table says, with the ids of what was made for it. */
async function ask(
  { endpoint: name, arrange }: WireCall,
  wire: Wire = {},
  spoil: (wire: Wire) => Wire = (kept) => kept,
): Promise<PlainAnswer> {
  const facts = endpoint(name);
  const arranged = (await arrange?.(gateway)) ?? {};
  const sent = spoil(withReal(wire, arranged));
  const path = facts.path.replace('{id}', arranged.id ?? '');
  if (facts.body === undefined) return gateway.call(facts.method, `${path}${queryOf(sent)}`);
  return gateway.call(facts.method, path, facts.body.content === 'json' ? sent : formOf(sent));
}

/** Ids that exist, and a `request_id` that is new. */
function withReal(wire: Wire, { wire: real = {} }: Arranged): Wire {
  const fresh = { request_id: `contract-${gateway.another}`, ...real };
  return Object.entries(fresh)
    .filter(([path]) => valueAt(wire, path) !== undefined)
    .reduce<Wire>((kept, [path, value]) => withAt(kept, path, value), wire);
}

function expectTaken({ answer }: EndpointFact, { status, json }: PlainAnswer): void {
  const taken = [answer.status, ...(answer.also ?? [])].includes(status);
  expect({ status, json, taken }).toMatchObject({ taken: true });
  expect(itemsOf(answer, json).flatMap((item) => objectFaults(answer.object, item))).toEqual([]);
  if (answer.list === 'page') {
    expect(objectFaults('PageMeta', valueAt(json, 'page_meta'))).toEqual([]);
  }
}

function expectRefused({ refusals }: EndpointFact, { status, json }: PlainAnswer): void {
  // What cannot be read is 400, also where a list does not name it; a mock has 422 in its place.
  expect(status).toBe(refusals.includes(422) && !refusals.includes(400) ? 422 : 400);
  expect(objectFaults('Error', json)).toEqual([]);
}

function itemsOf({ list }: EndpointFact['answer'], json: unknown): readonly unknown[] {
  if (list === undefined) return [json];
  const items = list === 'bare' ? json : valueAt(json, 'data');
  return Array.isArray(items) ? items : [undefined];
}

/** Every call, those of the library first. */
const everyCall: readonly (readonly [string, string, WireCall])[] = [
  ...resources.flatMap(({ title, calls }) =>
    calls.map((call) => [title, `as ${call.method} asks for it`, call] as const),
  ),
  ...byHand.flatMap(({ title, calls }) =>
    calls.map((call) => [title, 'asked for by hand', call] as const),
  ),
];

describe.each([...new Set(everyCall.map(([title]) => title))])('%s', (title) => {
  for (const [, how, call] of everyCall.filter(([each]) => each === title)) {
    describe(`${call.endpoint}, ${how},`, () => {
      const facts = endpoint(call.endpoint);
      const holding = new Holding(call.gaps?.sandbox);
      const fields = fieldsOf(facts);

      for (const [form, { wire }] of formsOf(call)) {
        holding.it(`is answered as documented: ${form}`, async () => {
          expectTaken(facts, await ask(call, wire));
        });
      }
      for (const { form, sent, field } of withoutRequired(call)) {
        holding.it(`is refused without ${field}, for ${form}`, async () => {
          const spoil = (wire: Wire) => withAt(wire, field, undefined);
          expectRefused(facts, await ask(call, sent.wire, spoil));
        });
      }
      for (const { sent, field, value } of withUnknownValue(call)) {
        holding.it(`is refused with a ${field} that is not on its list`, async () => {
          expectRefused(facts, await ask(call, sent.wire, (wire) => withAt(wire, field, value)));
        });
      }
      const typed = new Map(fields.map(({ name, type }) => [name, type]));
      for (const { sent, field, value } of withOtherType(call)) {
        // Every text of a query is a text.
        if (facts.body === undefined && typed.get(field) === 'string') continue;
        holding.it(`is refused with a ${field} of another type`, async () => {
          expectRefused(facts, await ask(call, sent.wire, (wire) => withAt(wire, field, value)));
        });
      }
      if (facts.body !== undefined) {
        holding.it('is refused with a member that is documented nowhere', async () => {
          const spoil = (wire: Wire) => ({ ...wire, no_such_member: 'x' });
          expectRefused(facts, await ask(call, call.smallest.wire, spoil));
        });
      }
      if (facts.answer.list !== undefined) {
        holding.it('lists what there is', async () => {
          const { json } = await ask(call);
          expect(itemsOf(facts.answer, json)).not.toHaveLength(0);
        });
      }
      if (facts.path.includes('{id}')) {
        holding.it('is refused for the id of another kind', async () => {
          const body = facts.body === undefined ? undefined : call.smallest.wire;
          const path = facts.path.replace('{id}', 'merch_6889e287Vfq');
          const { status, json } = await gateway.call(facts.method, path, body);
          expect({ status, faults: objectFaults('Error', json) }).toEqual({
            status: 400,
            faults: [],
          });
        });
        holding.it('is answered 404 for an id that nobody has', async () => {
          const id = (await call.arrange?.(gateway))?.id ?? '';
          const unknown = facts.path.replace('{id}', `${id.slice(0, -4)}none`);
          const body = facts.body === undefined ? undefined : call.smallest.wire;
          const { status, json } = await gateway.call(facts.method, unknown, body);
          expect({ status, faults: objectFaults('EntityNotFound', json) }).toEqual({
            status: 404,
            faults: [],
          });
        });
      }
      holding.end();
    });
  }
});

function queryOf(wire: Wire): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(wire)) query.append(name, String(value));
  return query.size === 0 ? '' : `?${query.toString()}`;
}

/** A form with a part for each member; what has a text is a file. */
function formOf(wire: Wire): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(wire)) {
    const text = valueAt(value, 'text');
    if (text === undefined) form.append(name, String(value));
    else form.append(name, new Blob([String(text)]), String(valueAt(value, 'name')));
  }
  return form;
}
