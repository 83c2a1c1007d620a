/** The ready-made route on Fastify before Postgres, in a process of its own: `p6-app.mjs by-hand`. */
import 'reflect-metadata';
import { inboxApp, insertByHand, path } from './p6-host.mjs';
import { ownSchema } from './postgres-schema.mjs';
import { serve } from './worker.mjs';

const [kind] = process.argv.slice(2);
const { pool, end } = await ownSchema(16);
const insert = kind === 'by-hand' ? await insertByHand(pool) : undefined;
const { app } = await inboxApp(pool, insert);

serve({
  target: () => ({ port: app.getHttpServer().address().port, path, signer: 'glomopay' }),
  end: async () => {
    await app.close();
    await end();
  },
});
