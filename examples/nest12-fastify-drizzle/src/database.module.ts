import { Inject, Module, type OnApplicationShutdown } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { sql } from 'drizzle-orm';
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import { Pool } from 'pg';

export const DATABASE = Symbol('database');
export type Database = NodePgDatabase & { readonly $client: Pool };

@Module({
  providers: [
    {
      provide: DATABASE,
      inject: [ConfigService],
      useFactory: async (config: ConfigService): Promise<Database> => {
        const db = drizzle(new Pool({ connectionString: config.getOrThrow('DATABASE_URL') }));
        // For an example; use migrations for a shop.
        await db.execute(sql`CREATE TABLE IF NOT EXISTS purchases
          (reference text PRIMARY KEY, outcome text NOT NULL, amount integer NOT NULL)`);
        return db;
      },
    },
  ],
  exports: [DATABASE],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(DATABASE) private readonly db: Database) {}

  async onApplicationShutdown(): Promise<void> {
    await this.db.$client.end();
  }
}
