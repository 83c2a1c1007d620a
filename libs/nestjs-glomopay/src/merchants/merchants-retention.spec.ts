import { describe, expect, it } from '@jest/globals';
import { Test } from '@nestjs/testing';
import { systemClock } from '../config/clock.js';
import { GLOMOPAY_CLOCK } from '../config/glomopay.tokens.js';
import { GlomopayModule } from '../glomopay.module.js';
import { aKey, anIntent, aSettlement } from '../testing/contract/harness.js';
import { anEvent, concluded } from '../testing/contract/inbox-harness.js';
import { InProcessEngine } from '../tracking/engine/in-process-engine.js';
import { witnesses } from '../tracking/store/history-line.js';
import { MemoryTrackingStore } from '../tracking/store/memory/memory-tracking-store.js';
import { until } from '../../test/remembered-work.js';
import { GlomopayMerchantsModule } from './merchants.module.js';

const DAY_MS = 86_400_000;
const optionsOf = (name: string) => ({ secretKey: `key-of-${name}-5f0c2e81` });

describe('Old events and histories of accounts that nobody opens', () => {
  it('are forgotten too, where the source knows the account and no module has it', async () => {
    const clock = { ...systemClock };
    const store = new MemoryTrackingStore(clock);
    const left = async (account: string) => {
      const events = await store.inbox.list(account, { limit: 10 });
      return [events.length, (await store.history(aKey('request-1', account))).length];
    };
    for (const account of ['shop-1', 'of-module', 'elsewhere']) {
      await concluded(store.inbox, anEvent('handled', account));
      await store.insert(anIntent({ account }), 1_000);
      const settlement = aSettlement({ state: 'failed' }, { witness: witnesses.check });
      await store.settle(aKey('request-1', account), settlement);
      await store.unwatch(aKey('request-1', account));
    }
    clock.date = () => Date.now() + 2 * DAY_MS;
    const source = {
      find: async (name: string) => (name === 'elsewhere' ? undefined : optionsOf(name)),
    };
    const engine = new InProcessEngine();
    const retention = { eventsDays: 1, historyDays: 1 };
    const module = await Test.createTestingModule({
      imports: [
        GlomopayModule.forRoot({ name: 'of-module', ...optionsOf('of-module') }),
        GlomopayMerchantsModule.forRoot({
          source,
          tracking: { store, engine, retention, inbox: { pollEveryMs: 20 } },
        }),
      ],
    })
      .overrideProvider(GLOMOPAY_CLOCK)
      .useValue(clock)
      .compile();
    module.useLogger(false);
    const app = await module.init();
    await until(async () => (await left('shop-1'))[0] === 0);
    expect(await left('shop-1')).toEqual([0, 0]);
    expect(await left('of-module')).toEqual([1, 1]);
    expect(await left('elsewhere')).toEqual([1, 1]);
    await app.close();
  });
});
