import { Test } from '@nestjs/testing';
import { expect, it } from '@jest/globals';
import {
  getGlomopayToken,
  GlomopayModule,
  GlomopayTrackingModule,
  MemoryTrackingStore,
  PaymentTracker,
} from 'nestjs-glomopay';

it('closes the record of its own account only, whose history is another one', async () => {
  const store = new MemoryTrackingStore();
  const gateway = { secretKey: 'sk-alpha-1f0c2e', baseUrl: 'http://127.0.0.1:9' };
  const names = [undefined, 'emea'];
  const app = await Test.createTestingModule({
    imports: names.flatMap((name) => [
      GlomopayModule.forRoot({ ...gateway, name }),
      GlomopayTrackingModule.forRoot({ store, name, history: name === undefined }),
    ]),
  }).compile();
  app.useLogger(false);
  await app.init();
  const [ours, emea] = names.map((name) =>
    app.get<PaymentTracker>(getGlomopayToken(PaymentTracker, name), { strict: false }),
  );
  for (const account of ['default', 'emea']) {
    const { record } = await store.insert(
      {
        account,
        kind: 'payment',
        requestId: 'request-1',
        reference: 'request-1',
        subjectId: 'order_1',
        exclusive: true,
        amount: 1_000,
        currency: 'USD',
      },
      60_000,
    );
    await store.settle(record, {
      decide: () => ({ state: 'needs_attention', reason: 'no_outcome' }),
      effect: async () => undefined,
      nextCheckMs: 0,
    });
  }
  const said = { as: 'acknowledged', note: 'seen', by: 'asha' } as const;
  expect(await emea?.resolve('request-1', said)).toMatchObject({
    account: 'emea',
    resolution: 'acknowledged',
  });
  expect(await ours?.get('request-1')).toMatchObject({ resolution: null });
  expect(await ours?.counts()).toMatchObject({ needsAttention: 1 });
  expect(await ours?.resolve('request-1', said)).toMatchObject({ account: 'default' });
  expect(await ours?.history('request-1')).toMatchObject([
    { to: 'created' },
    { witness: { kind: 'person', id: 'asha' }, note: 'seen' },
  ]);
  // It keeps no history: who closed it is in the record.
  expect(await emea?.history('request-1')).toHaveLength(1);
  expect(await emea?.get('request-1')).toMatchObject({
    resolvedBy: 'asha',
    resolutionNote: 'seen',
  });
  await app.close();
});
