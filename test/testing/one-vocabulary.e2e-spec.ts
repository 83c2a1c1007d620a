import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { GlomopayScript } from 'nestjs-glomopay/testing';

describe('Script and sandbox', () => {
  let sandbox: GlomopaySandbox;
  beforeAll(async () => {
    sandbox = await GlomopaySandbox.start();
  });
  afterAll(() => sandbox.stop());

  it.each([
    'reset-before-processing',
    'drop-after-commit',
    'timeout',
    'timeout-after-commit',
    'latency',
    'latency-after-commit',
    'truncated-json',
    'server-error',
    'rate-limit',
  ] as const)('both know the fault %s', (fault) => {
    const { faults } = sandbox;
    faults.clear();
    faults.next('POST /api/v1/payments', fault);
    expect(faults.pending).toBe(1);
    expect(() => new GlomopayScript().fail('POST /api/v1/payments', fault)).not.toThrow();
  });

  it.each([
    'GET /api/v1/payments/{id}',
    'GET /api/v1/payments/:id',
    'GET /api/v1/payment/{payment_id}',
    'GET /api/v1/payments/payt_1',
    'PATCH /api/v1/customer/{id}',
  ])('both know the route %s', (route) => {
    const { faults } = sandbox;
    faults.clear();
    faults.next(route, 'timeout');
    expect(faults.pending).toBe(1);
    expect(() => new GlomopayScript().fail(route, 'timeout')).not.toThrow();
  });

  it.each(['/api/v1/payments', 'payments', 'get /api/v1/payments'])(
    'both refuse the route %j',
    (route) => {
      expect(() => sandbox.faults.next(route, 'timeout')).toThrow(TypeError);
      expect(() => new GlomopayScript().fail(route, 'timeout')).toThrow(TypeError);
    },
  );
});
