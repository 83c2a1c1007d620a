import { describe, expect, it } from '@jest/globals';
import { useSandbox } from '../../test/client.js';

describe('completePayment', () => {
  const client = useSandbox();

  it.each([
    ['approve', 'success'],
    ['success', 'success'],
    ['decline', 'failed'],
    ['failed', 'failed'],
  ] as const)('ends a payment by %s in %s', async (decision, status) => {
    const { sandbox } = client();
    const { paymentId } = await client().payment();
    const url = sandbox.completePayment(paymentId, decision);
    expect(new URL(url).searchParams.get('status')).toBe(status);
    expect(sandbox.payments.get(paymentId)?.status).toBe(status);
  });

  it('refuses another word, and leaves the payment open', async () => {
    const { sandbox } = client();
    const { paymentId } = await client().payment();
    expect(() => Reflect.apply(sandbox.completePayment, sandbox, [paymentId, 'paid'])).toThrow(
      TypeError,
    );
    expect(sandbox.payments.get(paymentId)?.status).toBe('in_progress');
  });
});
