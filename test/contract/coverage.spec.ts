import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { valueAt } from './at-path.js';
import { byHand, notServed } from './by-hand/index.js';
import type { WireCall } from './call.js';
import { resources } from './calls/index.js';
import { documentedForm, fieldsOf, formsOf, withOtherType } from './cases.js';
import { endpoints, object } from './facts.js';
import { notBuilt } from './not-built.js';

const calls = resources.flatMap((resource) => resource.calls);
const built = new Set(calls.map(({ endpoint }) => endpoint));
const handCalls = byHand.flatMap((hand) => hand.calls);
const everyCall: readonly WireCall[] = [...calls, ...handCalls];
const missing = [...resources.map((resource) => resource.missing ?? {}), notBuilt].flatMap(
  Object.keys,
);

describe('every operation of the gateway', () => {
  it('has a call, or a reason why there is none, and never both', () => {
    const named = [...built, ...missing].toSorted();
    expect(named).toEqual(endpoints.map(({ name }) => name).toSorted());
  });

  it('is asked for by hand where there is no method, or named as not served, and never both', () => {
    const named = [...handCalls.map((call) => call.endpoint), ...Object.keys(notServed)];
    expect(named.toSorted()).toEqual(missing.toSorted());
  });

  it('is asked for with every documented member, but for those that are left out with a reason', () => {
    const odd = endpoints
      .filter(({ name }) => notServed[name] === undefined)
      .flatMap((facts) => {
        const own = everyCall.filter(({ endpoint }) => endpoint === facts.name);
        const wires = own.flatMap(formsOf).map(([, { wire = {} }]) => wire);
        const unsent = own.flatMap((call) => Object.keys(call.unsent ?? {}));
        return fieldsOf(facts)
          .filter(({ name }) => {
            const sent = wires.some((wire) => valueAt(wire, name) !== undefined);
            return sent === unsent.includes(name);
          })
          .map(({ name }) => `${facts.name}: ${name}`);
      });
    expect(odd).toEqual([]);
  });

  it('is spoiled in every member that one of its calls sends', () => {
    const unspoiled = endpoints.flatMap((facts) => {
      const own = everyCall.filter(({ endpoint }) => endpoint === facts.name);
      return own.flatMap((call) => {
        const spoiled = new Set(withOtherType(call).map(({ field }) => field));
        const wires = formsOf(call).map(([, { wire = {} }]) => wire);
        return fieldsOf(facts)
          .filter(({ name }) => wires.some((wire) => valueAt(wire, name) !== undefined))
          .filter(({ name }) => !spoiled.has(name))
          .map(({ name }) => `${facts.name}: ${name}`);
      });
    });
    expect(unspoiled).toEqual([]);
  });

  it('says of each form which one of the documented forms it is', () => {
    const odd = everyCall.flatMap(({ endpoint, fullest = {} }) => {
      const forms = endpoints.find(({ name }) => name === endpoint)?.body?.forms;
      if (forms === undefined) return [];
      const known = forms.map(({ name }) => name);
      return Object.keys(fullest).filter((form) => !known.includes(documentedForm(form)));
    });
    expect(odd).toEqual([]);
  });
});

describe('what is said of a call', () => {
  it('names members and objects that exist', () => {
    const odd = calls.flatMap(
      ({ endpoint, renamed = {}, open = {}, unsent = {}, filledIn = [] }) => {
        const facts = endpoints.find(({ name }) => name === endpoint);
        const known = new Set(facts === undefined ? [] : fieldsOf(facts).map(({ name }) => name));
        return [renamed, open, unsent]
          .flatMap(Object.keys)
          .concat(filledIn)
          .filter((name) => !known.has(name));
      },
    );
    expect(odd).toEqual([]);
    for (const { underRaw = {}, lost = {} } of resources) {
      expect([underRaw, lost].flatMap(Object.keys).map((name) => object(name).name)).not.toContain(
        '',
      );
    }
  });

  it('names methods that the service has, and files that are there', () => {
    const odd = calls.flatMap(({ service, method, also = [], tests = [] }) => [
      ...[method, ...also].filter((name) => typeof service.prototype[name] !== 'function'),
      ...tests.filter((file) => !existsSync(new URL(`../../${file}`, import.meta.url))),
    ]);
    expect(odd).toEqual([]);
  });
});
