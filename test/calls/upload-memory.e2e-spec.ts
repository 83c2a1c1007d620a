import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aDocumentBody } from '../support/library/bodies.js';
import { runProgram } from '../support/library/child-process.js';
import { cleanUp } from '../support/library/clean-up.js';
import { CompiledLibrary } from '../support/library/compiled-library.js';
import { aSecretKey } from '../support/library/secret-key.js';
import { LARGEST, testFiles } from '../support/library/test-files.js';
import { UploadServer, type Receive } from '../support/library/upload-server.js';

const opened = cleanUp();
const aFile = testFiles();
let library: CompiledLibrary;

beforeAll(async () => {
  library = await CompiledLibrary.make();
});
afterAll(() => library.stop());

/** Reads a part, and nothing more for a while: what is held then is held for as long as it takes. */
const haltingly: Receive = (incoming, response, upload) => {
  let halted = false;
  incoming.on('data', () => {
    if (halted || upload.bytes < LARGEST / 10) return;
    halted = true;
    incoming.pause();
    setTimeout(() => incoming.resume(), 1_500);
  });
  incoming.on('end', () => response.writeHead(201).end(JSON.stringify(aDocumentBody())));
};

interface Memory {
  readonly id: string;
  readonly samples: number;
  readonly live: number;
  readonly rss: number;
}

async function memoryOf(path: string, hold: 'yes' | 'no'): Promise<Memory> {
  const gateway = opened(await UploadServer.start(haltingly));
  const { output, errors } = await runProgram(
    library,
    'upload',
    { BASE_URL: gateway.url, SECRET_KEY: aSecretKey(), FILE: path, HOLD: hold },
    ['--expose-gc'],
  );
  expect(errors).toBe('');
  expect(gateway.uploads.map(({ bytes }) => bytes > LARGEST)).toEqual([true, true]);
  return JSON.parse(output) as Memory;
}

describe('an upload of the largest file', () => {
  it('from disk holds less than a tenth of it while the gateway does not read on', async () => {
    const { path } = await aFile(LARGEST);
    const memory = await memoryOf(path, 'no');
    expect(memory.id).toBe('doc_nYUqLpuYQ0M8');
    expect(memory.samples).toBeGreaterThan(10);
    expect(memory.live).toBeLessThan(LARGEST / 10);
    expect(memory.rss).toBeLessThan(LARGEST * 0.8);
  });

  it('from memory holds it, which is how the above would see a copy', async () => {
    const { path } = await aFile(LARGEST);
    const memory = await memoryOf(path, 'yes');
    expect(memory.live).toBeGreaterThan(LARGEST * 0.9);
  });
});
