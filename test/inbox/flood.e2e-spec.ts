import { describe, expect, it } from '@jest/globals';
import { WebhookInbox } from 'nestjs-glomopay';
import { platforms } from '../support/nest-host.js';
import { signed, startInboxHost } from './inbox-host.js';

const SENDERS = 64;
const EACH = 10;

describe.each(platforms)('A flood of forged webhooks on %s', (platform) => {
  it('stores nothing, looks nothing up, fills no log, and keeps nobody genuine out', async () => {
    const { app, database, log, post, close } = await startInboxHost(platform);
    try {
      const before = log.lines.length;
      const begun = performance.now();
      const forged = Array.from({ length: SENDERS }, async (_, sender) => {
        const statuses = new Set<number>();
        for (let n = 0; n < EACH; n += 1) {
          const body = Buffer.from(`{"n":${sender * EACH + n}}`);
          const headers = n % 2 === 0 ? signed(body, 'a guess') : {};
          statuses.add((await post(body, headers)).status);
        }
        return statuses;
      });
      const genuine = Array.from({ length: 10 }, async (_, n) => {
        const body = Buffer.from(
          `{"data":{"id":"refund_${n}"},"entity_type":"refund","event_type":"success"}`,
        );
        return (await post(body, signed(body))).status;
      });
      expect(new Set(await Promise.all(genuine))).toEqual(new Set([200]));
      for (const statuses of await Promise.all(forged)) {
        expect([...statuses].toSorted()).toEqual([400, 401]);
      }
      expect(await app.get(WebhookInbox).list()).toHaveLength(10);
      expect(database.prepare('SELECT count(*) AS n FROM glomopay_events').all()).toEqual([
        { n: 10 },
      ]);
      // At most one line a second for each of the two reasons.
      const seconds = Math.ceil((performance.now() - begun) / 1_000);
      expect(log.lines.length - before).toBeLessThanOrEqual(2 * (seconds + 1));
    } finally {
      await close();
    }
  });
});
