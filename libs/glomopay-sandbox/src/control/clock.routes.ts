import type { FastifyInstance } from 'fastify';
import { jsonFields } from '../http/request-body.js';
import { LONGEST_ADVANCE_MS } from '../time/sandbox-clock.js';
import type { SandboxClock } from '../time/sandbox-clock.js';

/** Reads the sandbox's time and moves it on. */
export function clockRoutes(app: FastifyInstance, clock: SandboxClock): void {
  app.get('/clock', () => ({ now: clock.now() }));

  app.post('/clock', (request) => {
    const fields = jsonFields(request);
    const advanceMs = fields.integer('advanceMs', 0) ?? 0;
    if (!fields.has('advanceMs')) fields.problem("Advance ms can't be blank");
    if (advanceMs > LONGEST_ADVANCE_MS) fields.problem('Advance ms is too large');
    fields.finish();
    return clock.advance(advanceMs).then(() => ({ now: clock.now() }));
  });
}
