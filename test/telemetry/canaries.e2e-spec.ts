/**
 * What OpenTelemetry has been given once, its API keeps: it takes a graph of modules of its own.
 *
 * @jest-environment node
 */
import { describe, expect, it } from '@jest/globals';
import { aStartedPaymentBody } from '../support/library/bodies.js';
import { canaries, cardOf } from '../support/library/canaries.js';
import { canaryCalls } from '../support/library/canary-calls.js';
import { cleanUp } from '../support/library/clean-up.js';
import { openLibrary } from '../support/library/open-library.js';
import { Recorder } from '../support/library/recorder.js';
import { aPayment } from '../support/library/requests.js';
import { SecretScanner } from 'nestjs-glomopay/testing';
import { observatory } from './observatory.js';

const opened = cleanUp();
const seen = observatory();

describe('Spans and metrics', () => {
  it.each(canaries)(
    'hold nothing of a card or a key, whatever the gateway echoes',
    async (canary) => {
      const scanner = new SecretScanner(canary);
      const gateway = opened(
        await Recorder.start(({ text, headers }, response) => {
          const echo = `${text} ${headers['authorization']} ${canary.number} cvv ${canary.cvv}`;
          response.writeHead(422, { 'x-echo': encodeURIComponent(echo) });
          response.end(JSON.stringify({ message: echo, code: `E${canary.number}` }));
        }),
      );
      const library = opened(
        await openLibrary(gateway.url, { options: { secretKey: canary.key } }),
      );
      for (const { make } of canaryCalls(canary)) await make(library, {}).catch(() => undefined);
      gateway.always({ body: aStartedPaymentBody() });
      const pasted = aPayment({ card: cardOf(canary), requestId: `pay ${canary.number}` });
      await library.payments.create(pasted);
      expect(seen.spans().length).toBeGreaterThan(10);
      expect(seen.spans().at(-1)?.attributes['glomopay.request_id']).toBe('pay [removed]');
      expect(scanner.find(await seen.everything())).toEqual([]);
      expect(scanner.find(JSON.stringify(cardOf(canary)))).not.toEqual([]);
    },
  );
});
