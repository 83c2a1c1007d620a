/** The ready-made route on Fastify before a database, in a process of its own: `p6-app.mjs postgres by-hand`. */
import 'reflect-metadata';
import { databaseOf } from './databases.mjs';
import { inboxApp, path } from './p6-host.mjs';
import { serve } from './worker.mjs';

const [word, kind] = process.argv.slice(2);
const database = await databaseOf(word);
const { pool, end } = await database.ownPlace(16);
const insert = kind === 'by-hand' ? await database.eventsByHand(pool) : undefined;
const { app } = await inboxApp(database.storeOn(pool), insert);

serve({
  target: () => ({ port: app.getHttpServer().address().port, path, signer: 'glomopay' }),
  end: async () => {
    await app.close();
    await end();
  },
});
