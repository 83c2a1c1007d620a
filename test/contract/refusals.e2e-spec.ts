import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { PlainClient } from './plain-client.js';
import { refusals } from './refusals/index.js';

let gateway: PlainClient;

beforeAll(async () => {
  gateway = new PlainClient(
    await GlomopaySandbox.start({
      requestsPerMinute: 1_000_000,
      account: { splits: ['psplit_1'], lrs: { banks: ['hdfc'] } },
    }),
  );
});
afterAll(async () => gateway.sandbox.stop());

describe.each(refusals)('the sandbox refuses in the documented words, of $title,', ({ cases }) => {
  it.each(cases)('when $when', async ({ status, body, ask }) => {
    expect(await ask(gateway)).toEqual({ status, json: body });
  });
});
