import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretScanner } from 'nestjs-glomopay/testing';
import { canaries, cardOf } from '../support/library/canaries.js';
import { runProgram } from '../support/library/child-process.js';
import { cleanUp } from '../support/library/clean-up.js';
import { CompiledLibrary } from '../support/library/compiled-library.js';
import { Recorder, type Reply } from '../support/library/recorder.js';

const opened = cleanUp();
let library: CompiledLibrary;
let directory: string;

beforeAll(async () => {
  library = await CompiledLibrary.make();
  directory = mkdtempSync(join(tmpdir(), 'glomopay-heap-'));
});
afterAll(async () => {
  rmSync(directory, { recursive: true, force: true });
  await library.stop();
});

const quoting: Reply = (request, response) => {
  response.writeHead(400);
  response.end(JSON.stringify({ message: `${request.text} ${request.headers['authorization']}` }));
};
const answers: [string, Reply][] = [
  ['a refusal that quotes the request', quoting],
  ['a reset', (_, response) => void response.socket?.resetAndDestroy()],
  ['silence', () => undefined],
];

describe('a failure that nobody handles', () => {
  const cases = answers.flatMap(([name, reply]) =>
    canaries.map((canary, index) => [name, index === 0 ? 'yes' : 'no', canary, reply] as const),
  );

  it.each(cases)(
    'after %s (requestId: %s) ends the process with a clean print',
    async (_, withRequestId, canary, reply) => {
      const gateway = opened(await Recorder.start(reply));
      const { status, output, errors } = await runProgram(library, 'left-alone', {
        BASE_URL: gateway.url,
        SECRET_KEY: canary.key,
        CARD: JSON.stringify(cardOf(canary)),
        WITH_REQUEST_ID: withRequestId,
      });
      expect(status).toBe(1);
      expect(errors).toMatch(/Glomopay\w+Error/);
      expect(new SecretScanner(canary).find(`${output}${errors}`)).toEqual([]);
    },
    40_000,
  );
});

describe('the heap after a hundred failed payments', () => {
  const number = '378282246310005';

  async function snapshot(keep: 'yes' | 'no'): Promise<string> {
    const gateway = opened(await Recorder.start(quoting));
    const file = join(directory, `${keep}.heapsnapshot`);
    const { output, errors } = await runProgram(
      library,
      'heap',
      {
        BASE_URL: gateway.url,
        SECRET_KEY: canaries[0]?.key ?? '',
        SNAPSHOT: file,
        DIGITS: number.replace(/..(?=.)/g, '$& '),
        KEEP: keep,
      },
      ['--expose-gc'],
    );
    if (output === '') throw new Error(`The program has written nothing. ${errors}`);
    return readFileSync(file, 'utf8');
  }

  const pieces = Array.from({ length: number.length - 8 }, (_, at) => number.slice(at, at + 9));

  it('holds no card number, although every error is kept', async () => {
    const heap = await snapshot('no');
    expect(pieces.filter((piece) => heap.includes(piece))).toEqual([]);
  });

  it('would show one that somebody keeps', async () => {
    expect(await snapshot('yes')).toContain(number);
  });
});
