import { describe, expect, it } from '@jest/globals';
import { ApplicationConfig, ModuleRef, ModulesContainer } from '@nestjs/core';
import { isAxiosError } from 'axios';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { inspect } from 'node:util';
import { CardDto, GlomopayModule, isGlomopayError } from 'nestjs-glomopay';
import { SecretScanner } from 'nestjs-glomopay/testing';
import { aStartedPaymentBody } from '../support/library/bodies.js';
import { canaries, cardOf, type Canary } from '../support/library/canaries.js';
import { canaryCalls, type CanaryCall } from '../support/library/canary-calls.js';
import { cleanUp } from '../support/library/clean-up.js';
import { openLibrary, type OpenLibrary } from '../support/library/open-library.js';
import { Recorder, type RecordedRequest, type Reply } from '../support/library/recorder.js';
import { aPayment } from '../support/library/requests.js';
import { printedEverywhere, reachable } from '../support/library/sinks.js';
import { until } from '../support/until.js';

const opened = cleanUp();

/** Everything that a gateway or proxy could quote: what it got, and the whole canary. */
function quoted({ number, cvv, holderName }: Canary, { text, headers }: RecordedRequest): string {
  const spaced = number.replace(/(.{4})(?=.)/g, '$1 ');
  return `${text} Authorization: ${headers['authorization']} ${number} ${spaced} cvv ${cvv} of ${holderName}`;
}

function refusing(canary: Canary, status: number): Reply {
  return (request, response) => {
    const echo = quoted(canary, request);
    const plain = encodeURIComponent(echo);
    response.writeHead(status, { 'x-echo': plain, location: `http://127.0.0.1:1/?${plain}` });
    response.end(JSON.stringify({ error: echo, message: echo, code: `E${canary.number}`, echo }));
  };
}

function writing(write: (canary: Canary, request: RecordedRequest) => string) {
  return (canary: Canary): Reply =>
    (request, response) =>
      void response.end(write(canary, request));
}

/** What can go wrong with a call, by the answer to it. */
const failures: Readonly<Record<string, (canary: Canary) => Reply>> = {
  ...Object.fromEntries(
    [307, 400, 401, 403, 404, 409, 422, 429, 500, 503].map((status) => [
      `a ${status} that quotes the request`,
      (canary: Canary) => refusing(canary, status),
    ]),
  ),
  'a nested error that quotes the request': (canary) => (request, response) => {
    response.writeHead(400);
    response.end(JSON.stringify({ error: { code: 'X', message: quoted(canary, request) } }));
  },
  'a long text that is cut in the middle of a number': (canary) => (request, response) => {
    const key = String(request.headers['authorization']);
    response.writeHead(400);
    const numbers = `${canary.number} - `.repeat(200);
    response.end(JSON.stringify({ message: `${key} ${key} ${key} ${numbers}` }));
  },
  'a reset': () => (_, response) => void response.socket?.resetAndDestroy(),
  silence: () => () => undefined,
  'bad JSON that quotes the request': writing((canary, request) => `{${quoted(canary, request)}`),
  'HTML that quotes the request': writing(
    (canary, request) => `<html>${quoted(canary, request)}</html>`,
  ),
  'JSON of another shape that quotes the request': writing((canary, request) =>
    JSON.stringify({ id: canary.number, payment_id: canary.number, x: quoted(canary, request) }),
  ),
  'an oversized answer that quotes the request': writing(
    (canary, request) => 'x'.repeat(2 * 1024 * 1024) + quoted(canary, request),
  ),
};

/** Names are the buyer's data in calls without a card; they are no secret there. */
function leaks(scanner: SecretScanner, call: CanaryCall, value: unknown): string[] {
  return printedEverywhere(value).flatMap(([sink, text]) =>
    scanner
      .find(text)
      .filter(({ secret }) => call.card || secret !== 'holderName')
      .map(({ secret, encoding }) => `${call.name}: ${secret} ${encoding} in ${sink}`),
  );
}

/** What each call is rejected with. Pauses are short, but no poll may spin. */
async function thrownBy(
  library: OpenLibrary,
  calls: readonly CanaryCall[],
  optionsOf: () => { signal?: AbortSignal } = () => ({}),
): Promise<(readonly [CanaryCall, unknown])[]> {
  library.clock.onPause(() => setTimeout(20));
  return Promise.all(
    calls.map(async (call) => {
      const thrown: unknown = await call.make(library, optionsOf()).then(
        () => undefined,
        (failure: unknown) => failure,
      );
      return [call, thrown] as const;
    }),
  );
}

function expectClean(canary: Canary, thrown: readonly (readonly [CanaryCall, unknown])[]): void {
  const scanner = new SecretScanner(canary);
  for (const [call, failure] of thrown) {
    expect([call.name, isGlomopayError(failure)]).toEqual([call.name, true]);
    expect(leaks(scanner, call, failure)).toEqual([]);
    for (const object of reachable(failure)) expect(isAxiosError(object)).toBe(false);
  }
  const several = thrown.filter(([call]) => call.card).map(([, failure]) => failure);
  const together = new AggregateError(several, 'several', { cause: several[0] });
  const found = printedEverywhere(together).flatMap(([, text]) => scanner.find(text));
  expect(found).toEqual([]);
}

describe.each(canaries)('the card that ends in $cvv and the key', (canary: Canary) => {
  const calls = canaryCalls(canary);
  const options = { secretKey: canary.key };

  it.each(Object.entries(failures))('are nowhere after %s', async (name, reply) => {
    const gateway = opened(await Recorder.start(reply(canary)));
    const limits = name === 'silence' ? { timeoutMs: 300, deadlineMs: 2_000 } : {};
    const library = opened(await openLibrary(gateway.url, { options: { ...options, ...limits } }));
    expectClean(canary, await thrownBy(library, calls));
  });

  it('are nowhere where nobody listens', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const library = opened(await openLibrary(`http://127.0.0.1:${port}`, { options }));
    expectClean(canary, await thrownBy(library, calls));
  });

  it('are nowhere after an abort, before and while it is sent', async () => {
    const gateway = opened(await Recorder.start(() => undefined));
    const library = opened(await openLibrary(gateway.url, { options }));
    const reason = new Error(`a reason of the host that quotes ${canary.number}`);
    const before = await thrownBy(library, calls, () => ({ signal: AbortSignal.abort(reason) }));
    expectClean(canary, before);
    const sent = await thrownBy(library, calls, () => {
      const controller = new AbortController();
      void setTimeout(60).then(() => controller.abort(reason));
      return { signal: controller.signal };
    });
    expectClean(canary, sent);
  });

  it('are in no refusal of a request, wherever they were put', async () => {
    const gateway = opened(await Recorder.start());
    const library = opened(await openLibrary(gateway.url, { options }));
    const { number, cvv, key, holderName } = canary;
    const card = cardOf(canary);
    const requests: unknown[] = [
      number,
      [number, cvv],
      aPayment({ card: { ...card, number: `${number}${number}` } }),
      aPayment({ card: { ...card, cvv: `${cvv}${cvv}${cvv}` } }),
      aPayment({ card: { ...card, expiryYear: number, expiryMonth: cvv } }),
      aPayment({ card: { ...card, [number]: cvv } as typeof card }),
      { ...aPayment({ card }), [number]: holderName, [key]: cvv },
      { ...aPayment(), card: number },
      { ...aPayment({ card }), orderId: number, callbackUrl: `http://${key}.example/${number}` },
      { ...aPayment({ card }), notes: number, requestId: number.repeat(9), splitIds: [number] },
      { ...aPayment({ card }), method: number, subscriptionId: key },
    ];
    const refused = requests.map((request, index) => ({
      name: `request ${index}`,
      card: true,
      make: ({ payments }: OpenLibrary) => payments.create(request as never),
    }));
    const ids = ['get', 'waitForFinal'].map((method) => ({
      name: method,
      card: true,
      make: ({ payments }: OpenLibrary) => payments[method as 'get'](`${number} ${key}`),
    }));
    expectClean(canary, await thrownBy(library, [...refused, ...ids]));
    expect(gateway.calls()).toEqual([]);
  });

  it('are removed from the answer of a gateway that gives the request back', async () => {
    const { number, cvv } = canary;
    const gateway = opened(
      await Recorder.start((request, response) => {
        const echo = {
          request: request.json,
          text: request.text,
          spaced: number.replace(/(.{4})(?=.)/g, '$1 '),
          numeric: Number(number),
          [number]: [cvv, { cvv: Number(cvv), security_code: cvv }],
          key: request.headers['authorization'],
        };
        response.writeHead(201);
        response.end(JSON.stringify({ ...aStartedPaymentBody(), echo }));
      }),
    );
    const library = opened(await openLibrary(gateway.url, { options }));
    const scanner = new SecretScanner(canary);
    for (const call of calls.filter(({ card }) => card)) {
      const answer = await call.make(library, {});
      expect(answer).toMatchObject({ paymentId: 'payt_691eeb9aV79Uk', status: 'pending' });
      expect(leaks(scanner, { ...call, card: false }, answer)).toEqual([]);
    }
  });

  it('are in no provider of the container, while a payment is on its way and after', async () => {
    const gateway = opened(await Recorder.start(() => undefined));
    const library = opened(await openLibrary(gateway.url, { options }));
    const scanner = new SecretScanner(canary);
    // Nest's own providers hold the whole container; what matters is in the library's.
    const providers = [...library.module.get(ModulesContainer, { strict: false }).values()]
      .filter(({ metatype }) => metatype === GlomopayModule)
      .flatMap((module) => [...module.providers.values()])
      .map(({ instance }): unknown => instance)
      .filter(
        (instance) => !(instance instanceof ModuleRef || instance instanceof ApplicationConfig),
      );
    expect(providers.length).toBeGreaterThan(8);
    const found = (): unknown[] =>
      providers
        .flatMap((instance) => [
          inspect(instance, { depth: 12, showHidden: true, getters: true }),
          inspect(instance, { depth: 12, showHidden: true, customInspect: false }),
        ])
        .flatMap((text) => scanner.find(text));
    const leaving = new AbortController();
    const payment = library.payments
      .create(aPayment({ card: cardOf(canary) }), { signal: leaving.signal })
      .catch(() => 'done');
    await until(() => gateway.calls().length === 1);
    expect(found()).toEqual([]);
    leaving.abort();
    await payment;
    expect(found()).toEqual([]);
  });

  it('are in no place that prints a card', () => {
    const card = Object.assign(new CardDto(), cardOf(canary));
    const call = { name: 'CardDto', card: true, make: () => Promise.resolve() };
    const scanner = new SecretScanner(canary);
    expect(leaks(scanner, call, card)).toEqual([]);
    expect(leaks(scanner, call, { card, list: [card], map: new Map([['card', card]]) })).toEqual(
      [],
    );
    expect(leaks(scanner, call, [card.number, card.cvv, card.holderName])).toEqual([]);
  });
});
