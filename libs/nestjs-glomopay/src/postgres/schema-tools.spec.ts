import { describe, expect, it } from '@jest/globals';
import { DataSource, EntitySchema } from 'typeorm';
import { aPostgresSchema, isPostgresThere, postgresPlace } from '../../test/postgres-schema.js';
import { anIntent } from '../testing/contract/harness.js';
import { PostgresTrackingStore } from './postgres-tracking-store.js';
import { typeOrmAdapter } from './type-orm.adapter.js';

const suite = (await isPostgresThere()) ? describe : describe.skip;

const Purchase = new EntitySchema<{ id: number }>({
  name: 'purchase',
  columns: { id: { type: Number, primary: true, generated: true } },
});

suite(`The schema tool of TypeORM (${postgresPlace})`, () => {
  it('neither drops nor plans to drop the tables of tracking', async () => {
    const schema = await aPostgresSchema();
    const { connectionString, options } = schema.config();
    const [, name = ''] = /search_path=(\S+)/.exec(options) ?? [];
    const source = new DataSource({
      type: 'postgres',
      url: connectionString,
      schema: name,
      extra: { options, max: 2 },
      entities: [Purchase],
    });
    await source.initialize();
    const store = new PostgresTrackingStore(typeOrmAdapter(source));
    await store.migrate();
    await store.insert(anIntent(), 0);
    const planned = await source.driver.createSchemaBuilder().log();
    expect(planned.upQueries.map(({ query }) => query).join('\n')).not.toMatch(/glomopay/);
    expect(planned.upQueries.length).toBeGreaterThan(0);
    await source.synchronize();
    expect(await store.counts('default', ['payment'])).toEqual({ needsAttention: 0, open: 1 });
    await store.assertMigrated();
    await source.destroy();
    await schema.drop();
  });
});
