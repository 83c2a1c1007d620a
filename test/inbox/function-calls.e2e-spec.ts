import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { runProgram } from '../support/library/child-process.js';
import { CompiledLibrary } from '../support/library/compiled-library.js';
import { SECRET, signed } from './inbox-host.js';

const BODY = '{"entity_type":"payment","event_type":"success","data":{}}';

/** Processes as a serverless platform has them: each lives for one call, and is never told to close. */
describe('Functions with a ManualEngine', () => {
  let library: CompiledLibrary;
  let folder: string;
  beforeAll(async () => {
    library = await CompiledLibrary.make();
    folder = await mkdtemp(path.join(tmpdir(), 'glomopay-functions-'));
  });
  afterAll(async () => {
    await library.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function call(environment: Readonly<Record<string, string>>): Promise<unknown> {
    const { status, output, errors } = await runProgram(library, 'function-call', {
      FILE: path.join(folder, 'payments.db'),
      WEBHOOK_SECRET: SECRET,
      ...environment,
    });
    // The process has ended by itself: nothing was closed, and nobody has killed it.
    expect([errors, status]).toEqual(['', 0]);
    return JSON.parse(output);
  }

  it('store in one process, work in another, and each ends by itself with nothing open', async () => {
    const { 'x-glomopay-signature': signature = '' } = signed(Buffer.from(BODY));
    const webhook = { BODY, SIGNATURE: signature };
    const idle = { heard: [], timers: [] };
    expect(await call(webhook)).toEqual({ ...idle, duplicate: false, open: 1 });
    expect(await call(webhook)).toEqual({ ...idle, duplicate: true, open: 1 });
    expect(await call({ WORK: 'yes' })).toMatchObject({
      worked: { events: 1 },
      heard: ['payment.success'],
      open: 0,
      timers: [],
    });
    expect(await call({ WORK: 'yes' })).toMatchObject({ worked: { events: 0 }, heard: [] });
  });
});
