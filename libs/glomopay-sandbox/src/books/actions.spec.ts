import { afterEach, describe, expect, it } from '@jest/globals';
import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { ManualClock } from '../../test/manual-clock.js';
import { answerErrors } from '../http/error-answers.js';
import { acceptRawBodies } from '../http/request-body.js';
import type { Environment } from '../keys/secret-key.js';
import { SandboxClock } from '../time/sandbox-clock.js';
import { action, noBody } from './actions.js';
import { Book } from './book.js';
import { Resource } from './resource.js';

let running: FastifyInstance | undefined;
afterEach(async () => running?.close());

interface Plan {
  readonly id: string;
  readonly created_at: string;
  readonly status: string;
}

async function serve(environment: Environment) {
  const clock = new SandboxClock(new ManualClock());
  const book = new Book<Plan>({ kind: 'Plan', idPrefix: 'plan' }, clock);
  book.open({ id: 'plan_1', created_at: '2026-03-01T12:00:00.000Z', status: 'active' });
  const become = ({ id }: Plan, status: string) => book.move(id, { status }) ?? book.find(id);
  const plans = new Resource<Plan, object>({
    book,
    shown: ({ id, status }) => ({ id, status }),
    paths: ['/plans', '/plan'],
    filters: { names: [], read: () => () => true },
    actions: { 'PATCH pause': action(noBody, (plan) => become(plan, 'paused')) },
    mocks: {
      'PATCH mock_status': action((fields) => fields.requiredText('status'), become),
    },
  });
  const app = fastify({ forceCloseConnections: true });
  acceptRawBodies(app);
  answerErrors(app);
  plans.serve(app, { environment, origin: () => '', stopping: new AbortController().signal });
  const origin = await app.listen({ port: 0, host: '127.0.0.1' });
  running = app;
  const patch = async (url: string, body?: object) => {
    const answer = await fetch(`${origin}${url}`, {
      method: 'PATCH',
      ...(body && {
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      }),
    });
    return [answer.status, await answer.json()];
  };
  return { book, patch };
}

describe('actions of a resource', () => {
  it('are served under each path, with a body or without', async () => {
    const { patch } = await serve('sandbox');
    expect(await patch('/plans/plan_1/pause')).toEqual([200, { id: 'plan_1', status: 'paused' }]);
    expect(await patch('/plan/plan_1/pause', {})).toEqual([
      200,
      { id: 'plan_1', status: 'paused' },
    ]);
    expect(await patch('/plan/plan_1/mock_status', { status: 'new' })).toMatchObject([
      200,
      { status: 'new' },
    ]);
  });

  it('do nothing for an unknown id, or a body that is not theirs', async () => {
    const { book, patch } = await serve('sandbox');
    expect(await patch('/plans/plan_2/pause')).toMatchObject([404, { message: 'Plan not found' }]);
    expect(await patch('/plans/order_1/pause')).toMatchObject([400, {}]);
    expect(await patch('/plans/plan_1/pause', { now: true })).toMatchObject([
      400,
      { message: 'Validation failed: Request contains an unknown field' },
    ]);
    expect(await patch('/plans/plan_1/mock_status')).toMatchObject([400, {}]);
    expect(book.find('plan_1').status).toBe('active');
  });

  it('of a mock exist in the sandbox only', async () => {
    const { patch } = await serve('production');
    expect((await patch('/plans/plan_1/mock_status', { status: 'new' }))[0]).toBe(404);
    expect((await patch('/plans/plan_1/pause'))[0]).toBe(200);
  });
});
