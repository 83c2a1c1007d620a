import { describe, expect, it } from '@jest/globals';
import {
  GlomopayAbortedError,
  GlomopayApiError,
  GlomopayAuthenticationError,
  GlomopayConfigurationError,
  GlomopayConflictError,
  GlomopayError,
  GlomopayNotFoundError,
  GlomopayNotErasableError,
  GlomopayNotResolvableError,
  GlomopayAccountUnavailableError,
  GlomopayAccountUnknownError,
  GlomopayNotStoredError,
  GlomopayOutcomeUnknownError,
  GlomopayPermissionError,
  GlomopayPollTimeoutError,
  GlomopayRateLimitError,
  GlomopayRequestIdConflictError,
  GlomopayResponseMalformedError,
  GlomopayServerError,
  GlomopaySignatureError,
  GlomopayUnprocessableError,
  GlomopayUnreachableError,
  GlomopayValidationError,
} from 'nestjs-glomopay';
import { platforms } from '../support/nest-host.js';
import { cleanUp } from '../support/library/clean-up.js';
import { failingHost } from './failing-host.js';

const opened = cleanUp();
const CANARY = 'c4n4ry';

/** What the gateway said, with a text that nobody outside may see. */
const refused = (status: number) => ({
  call: 'POST /api/v1/payments',
  status,
  gatewayCode: 'C4N4RY',
  gatewayMessage: `the key ${CANARY} is wrong`,
  requestId: 'shop-1',
});
const lost = (call: string, status?: number, cause?: Error) =>
  new GlomopayOutcomeUnknownError(
    { call, attempts: 1, reason: CANARY, advice: CANARY, requestId: 'shop-1', status },
    cause === undefined ? {} : { cause },
  );
const create = 'POST /api/v1/payments';
const malformed = new GlomopayResponseMalformedError(`payment.${CANARY}`, 'a text');

type Row = readonly [what: string, error: GlomopayError, status: number, retryAfter?: string];

/** The table of the README. */
const table: readonly Row[] = [
  ['a request that breaks a rule', new GlomopayValidationError('payment', []), 422],
  ['a refusal', new GlomopayApiError(refused(400)), 422],
  ['a refusal for business reasons', new GlomopayUnprocessableError(refused(422)), 422],
  ['an unknown id', new GlomopayNotFoundError(refused(404)), 404],
  ['another state', new GlomopayConflictError(refused(409)), 409],
  ['a key that is not accepted', new GlomopayAuthenticationError(refused(401)), 502],
  ['an address that is not allowed', new GlomopayPermissionError(refused(403)), 502],
  ['a rate limit', new GlomopayRateLimitError(refused(429)), 503, '30'],
  ['a gateway in trouble at a read', new GlomopayServerError(refused(503)), 502],
  ['no connection', new GlomopayUnreachableError(create, 3, 'no_connection'), 503, '5'],
  ['no room under the rate limit', new GlomopayUnreachableError(create, 1, 'rate_limit'), 503, '5'],
  ['a write without an answer', lost(create), 504],
  ['a write with a bad answer', lost(create, 500), 502],
  ['a write with an unreadable answer', lost(create, undefined, malformed), 502],
  ['a read without an answer', lost('GET /api/v1/payments/{id}'), 504],
  ['an unreadable answer to a read', malformed, 502],
  [
    'a request id of another request',
    new GlomopayRequestIdConflictError(create, 'shop-1', CANARY, [CANARY]),
    409,
  ],
  [
    'a record that cannot be closed',
    new GlomopayNotResolvableError('resolved', 'failed', {
      kind: 'payment',
      requestId: 'shop-1',
      state: 'needs_attention',
      reason: 'no_outcome',
      resolution: 'acknowledged',
      resolvedBy: CANARY,
    }),
    409,
  ],
  [
    'a person who cannot be forgotten',
    new GlomopayNotErasableError('open', {
      kind: 'payment',
      requestId: 'shop-1',
      state: 'attempted',
    }),
    409,
  ],
  ['a malformed message', new GlomopaySignatureError('malformed', CANARY), 400],
  ['a forged message', new GlomopaySignatureError('mismatch', CANARY), 401],
  ['a message that is too large', new GlomopaySignatureError('too_large', CANARY), 413],
  ['a payment without an end in time', new GlomopayPollTimeoutError(CANARY, 100, CANARY), 504, '5'],
  ['a caller that gave up', new GlomopayAbortedError(create), 503],
  ['an event that was not stored', new GlomopayNotStoredError(), 503, '5'],
  ['an account that cannot be made', new GlomopayAccountUnavailableError(CANARY), 503, '5'],
  ['an account that is not there', new GlomopayAccountUnknownError(CANARY, CANARY), 404],
  ['bad options', new GlomopayConfigurationError([CANARY]), 500],
];

describe.each(platforms)('GlomopayExceptionFilter on %s', (platform) => {
  // Jest hands `done` to a parameter that a row has no value for, so rows become objects.
  const rows = table.map(([what, error, status, retryAfter]) => ({
    what,
    error,
    status,
    retryAfter,
  }));
  it.each(rows)('answers $what', async ({ error, status, retryAfter }) => {
    const host = opened(await failingHost(platform));
    const response = await host.get('/filtered/fails', error);
    const text = await response.text();
    expect(response.status).toBe(status);
    expect(response.headers.get('retry-after')).toBe(retryAfter ?? null);
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(JSON.parse(text)).toMatchObject({
      statusCode: status,
      error: expect.stringMatching(/^[A-Z][A-Za-z ]+$/),
      code: error.code,
      outcome: error.outcome,
      message: expect.any(String),
    });
    expect(text.toLowerCase()).not.toContain(CANARY);
    expect(text).not.toMatch(/\bkey\b/);
  });

  it('tells the paths and the rules of a bad request, and no values', async () => {
    const host = opened(await failingHost(platform));
    const violations = [{ path: 'card.number', rule: 'isCardNumber', message: 'must be digits' }];
    const leaky = violations.map((violation) => ({ ...violation, value: CANARY }));
    const error = new GlomopayValidationError('payment', leaky);
    const response = await host.get('/filtered/fails', error);
    expect(await response.json()).toEqual({
      statusCode: 422,
      error: 'Unprocessable Entity',
      code: 'GLOMOPAY_VALIDATION',
      outcome: 'not_sent',
      message: expect.stringContaining('Nothing was sent'),
      violations,
    });
  });

  it('says of a lost write that it may have happened, with the id to ask by', async () => {
    const host = opened(await failingHost(platform));
    const write = await host.get('/filtered/fails', lost(create));
    expect(await write.json()).toMatchObject({
      outcome: 'unknown',
      requestId: 'shop-1',
      message: expect.stringMatching(/may have been carried out.*not start again under a new/),
    });
    const read = await host.get('/filtered/fails', lost('GET /api/v1/payments/{id}'));
    expect(await read.json()).toMatchObject({
      message: expect.stringContaining('Nothing was changed'),
    });
  });

  it('answers an error of another copy of the library', async () => {
    const host = opened(await failingHost(platform));
    const foreign = Object.assign(new Error(CANARY), {
      [Symbol.for('nestjs-glomopay:error')]: true,
      code: 'GLOMOPAY_UNREACHABLE',
      outcome: 'not_sent',
    });
    expect(foreign).not.toBeInstanceOf(GlomopayError);
    const response = await host.get('/filtered/fails', foreign);
    expect(response.status).toBe(503);
    expect(await response.text()).not.toContain(CANARY);
  });

  it('answers 500 to a code that a later version may bring', async () => {
    const host = opened(await failingHost(platform));
    const error = Object.assign(new GlomopayAbortedError(create), { code: 'GLOMOPAY_LATER' });
    const response = await host.get('/filtered/fails', error);
    expect([response.status, await response.json()]).toMatchObject([500, { outcome: 'not_sent' }]);
  });

  it('catches what a guard throws', async () => {
    const host = opened(await failingHost(platform));
    const response = await host.get(
      '/filtered/guarded',
      new GlomopaySignatureError('mismatch', ''),
    );
    expect(response.status).toBe(401);
  });

  it("leaves Nest's own exceptions and foreign errors to whom they belong", async () => {
    const host = opened(await failingHost(platform, true));
    const http = await host.get('/filtered/http');
    expect([http.status, await http.json()]).toEqual([
      400,
      { statusCode: 400, error: 'Bad Request', message: 'of the host' },
    ]);
    for (const foreign of [new TypeError(CANARY), 'a text']) {
      const response = await host.get('/plain/fails', foreign);
      expect([response.status, await response.json()]).toEqual([
        500,
        { statusCode: 500, message: 'Internal server error' },
      ]);
    }
  });

  it('works for the whole application as APP_FILTER, and not where it is not asked for', async () => {
    const error = new GlomopayUnreachableError(create, 1, 'no_connection');
    const everywhere = opened(await failingHost(platform, true));
    expect((await everywhere.get('/plain/fails', error)).status).toBe(503);
    const here = opened(await failingHost(platform));
    expect((await here.get('/plain/fails', error)).status).toBe(500);
  });

  it('logs what it keeps from the client, for its operator, and nothing of a plain refusal', async () => {
    const host = opened(await failingHost(platform));
    host.log.lines.length = 0;
    await host.get('/filtered/fails', new GlomopayApiError(refused(400)));
    expect(host.log.lines).toEqual([]);
    await host.get('/filtered/fails', new GlomopayAuthenticationError(refused(401)));
    expect(host.log.text).toContain('The secret key was not accepted');
  });
});
