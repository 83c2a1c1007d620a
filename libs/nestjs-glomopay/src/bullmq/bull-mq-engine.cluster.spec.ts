import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Cluster } from 'ioredis';
import { RedisCluster } from '../../test/redis-cluster.js';
import { RedisServer } from '../../test/redis-server.js';
import { RememberedWork, someIds, until } from '../../test/remembered-work.js';
import { BullMqEngine } from './bull-mq-engine.js';

if (RedisServer.isInstalled()) {
  describe('BullMqEngine on a Redis Cluster of three nodes', () => {
    let cluster: RedisCluster;
    let client: Cluster;
    beforeAll(async () => {
      cluster = await RedisCluster.start();
      client = cluster.client();
    });
    afterAll(async () => {
      client.disconnect();
      await cluster.stop();
    });

    it.each([
      ['by default', {}],
      ['with a prefix of words only', { prefix: 'shop' }],
      ['with a hash tag of the host', { prefix: 'the-{shop}' }],
    ])(
      'has all events handled %s',
      async (_, options) => {
        const engine = new BullMqEngine({ connection: client, ...options });
        const work = new RememberedWork({ pollEveryMs: 500 });
        const ids = someIds(200);
        await engine.start(work);
        work.insert(...ids);
        for (const id of ids.slice(0, 100)) engine.wake('default', id);
        await until(() => work.open === 0, 30_000);
        await engine.stop('default');
        expect(work.handled.toSorted()).toEqual(ids);
      },
      60_000,
    );

    it('spreads accounts over the nodes', async () => {
      const engine = new BullMqEngine({ connection: client, prefix: 'spread' });
      const works = ['default', 'emea', 'apac', 'latam', 'a:b', '{c}'].map(
        (account) => new RememberedWork({ account, pollEveryMs: 500 }),
      );
      for (const work of works) {
        work.insert(...someIds(20));
        await engine.start(work);
      }
      await until(() => works.every(({ open }) => open === 0), 30_000);
      const nodes = await cluster.keys();
      await Promise.all(works.map(({ account }) => engine.stop(account)));
      const used = nodes.filter((keys) => keys.some((key) => key.startsWith('{spread:')));
      expect(used.length).toBeGreaterThan(1);
    });
  });
} else {
  describe.skip('BullMqEngine on a Redis Cluster (skipped: no redis-server)', () => {
    it('has all events handled', () => undefined);
  });
}
