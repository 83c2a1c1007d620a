import { describe, expect, it } from '@jest/globals';
import { trackingStoreContract } from 'nestjs-glomopay/testing';
import { OwnDatabase, OwnStore } from './own-store.js';

describe('A store that somebody else has written', () => {
  const tests = trackingStoreContract(async () => {
    const database = new OwnDatabase();
    return {
      store: new OwnStore(database),
      another: async () => new OwnStore(database),
      async write(tx, line) {
        tx.lines.push(line);
      },
      written: async () => database.lines,
      async close() {},
    };
  });
  for (const { name, run } of tests) it(name, run);

  it('keeps no handlers and takes its tables for granted unless it says otherwise', async () => {
    const store = new OwnStore(new OwnDatabase());
    await store.assertMigrated();
    await store.noteHandlers([{ account: '', kind: 'event', handler: 'Shop.ship' }]);
    expect(await store.notedHandlers()).toEqual([]);
  });
});
