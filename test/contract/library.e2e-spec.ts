import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GlomopayValidationError } from 'nestjs-glomopay';
import { failureOf } from '../support/library/failure-of.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';
import { camelCased, withAt } from './at-path.js';
import type { AnyCall, Sent } from './call.js';
import { resources } from './calls/index.js';
import {
  formsOf,
  idOf,
  withOtherType,
  withoutRequired,
  withUnknownValue,
  type Spoiled,
} from './cases.js';
import { bodyFaults } from './conformity.js';
import { endpoint, object, type EndpointFact } from './facts.js';
import { FactsGateway, type Arrived } from './facts-gateway.js';
import { Holding } from './holding.js';
import { lostMembers } from './lost-members.js';

let gateway: FactsGateway;
let library: OpenLibrary;

beforeAll(async () => {
  gateway = await FactsGateway.start();
  library = await openLibrary(gateway.url, { options: { retry: { maxAttempts: 1 } } });
});
afterAll(async () => {
  await library.close();
  await gateway.stop();
});

function ask(call: AnyCall, input: object): Promise<unknown> {
  return call.send(library.module.get(call.service), input, idOf(call));
}

/** What arrives first; a look afterwards is the business of other tests. */
async function arrivedOf(call: AnyCall, { input }: Sent<object>): Promise<Arrived> {
  gateway.reset();
  await ask(call, input);
  const [first] = gateway.arrived;
  if (first === undefined) throw new Error('Nothing arrived.');
  return first;
}

/** Hands the spoiled call over: it is refused by the library, and nothing arrives. */
async function isNotSent(
  call: AnyCall,
  { sent, field, value }: Spoiled<Sent<object>>,
): Promise<void> {
  gateway.reset();
  const path = call.renamed?.[field] ?? camelCased(field);
  const failure = await failureOf(
    Promise.resolve().then(() => ask(call, withAt(sent.input, path, value))),
  );
  expect(failure).toBeInstanceOf(GlomopayValidationError);
  expect(gateway.arrived).toEqual([]);
}

describe.each(resources)('$title', ({ calls, underRaw = {}, lost = {} }) => {
  for (const call of calls) {
    describe(`${call.method}, which is ${call.endpoint},`, () => {
      const facts = endpoint(call.endpoint);
      const holding = new Holding(call.gaps?.library);

      for (const [form, sent] of formsOf(call)) {
        holding.it(`sends what is documented: ${form}`, async () => {
          const { method, path, query, body } = await arrivedOf(call, sent);
          expect({ method, path }).toEqual({
            method: facts.method,
            path: facts.path.replace('{id}', idOf(call)),
          });
          const wire = facts.body === undefined ? undefined : sent.wire;
          expect(body).toEqual(wire);
          expect(query).toEqual(facts.body === undefined ? asTexts(sent.wire) : {});
          if (facts.body !== undefined) expect(bodyFaults(facts.body.fields, body)).toEqual([]);
        });
      }
      for (const spoiled of withoutRequired(call)) {
        const title = `sends nothing without ${spoiled.field}, for ${spoiled.form}`;
        holding.it(title, () => isNotSent(call, spoiled));
      }
      for (const spoiled of withUnknownValue(call)) {
        if (call.open?.[spoiled.field] !== undefined) continue;
        const title = `sends nothing with a ${spoiled.field} that is not on its list`;
        holding.it(title, () => isNotSent(call, spoiled));
      }
      for (const spoiled of withOtherType(call)) {
        const title = `sends nothing with a ${spoiled.field} of another type`;
        holding.it(title, () => isNotSent(call, spoiled));
      }
      holding.end();

      it(`gives every member of ${facts.answer.object} that it does not leave under raw`, async () => {
        const name = facts.answer.object;
        const known = [underRaw[name] ?? {}, lost[name] ?? {}].flatMap(Object.keys);
        expect(await lostOf(call, facts)).toEqual(known.toSorted());
      });

      // An answer that nobody has documented is not decoded.
      if (facts.answer.list === 'page' && facts.inferred?.includes('answer') !== true) {
        it('gives every member of the page', async () => {
          const ofPage = await lostMembers(object('PageMeta').examples, (meta) => {
            gateway.reset({ PageMeta: meta });
            return ask(call, call.smallest.input);
          });
          expect(ofPage).toEqual([]);
        });
      }
    });
  }
});

/** What of the answer's examples cannot be read from what the call returns. */
async function lostOf(call: AnyCall, { answer }: EndpointFact): Promise<readonly string[]> {
  const about = idInPath(call) ? { id: idOf(call) } : {};
  const answers = object(answer.object).examples.map((each) => ({ ...each, ...about }));
  return lostMembers(answers, (body) => {
    gateway.reset({ [answer.object]: body });
    return ask(call, call.smallest.input);
  });
}

/** Whether the answer is about the object in the path. */
function idInPath({ endpoint: name, id }: AnyCall): boolean {
  return endpoint(name).path.includes('{id}') && id === undefined;
}

function asTexts(query: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(query).map(([name, value]) => [name, String(value)]));
}
