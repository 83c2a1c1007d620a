import { afterEach } from '@jest/globals';
import { createHash } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { mkdtemp, readdir, readlink, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Largest file that the gateway takes. */
export const LARGEST = 10_485_760;

/** Bytes that begin as a PDF does, and are the same nowhere twice. */
export function pdfBytes(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let at = 0; at + 4 <= size; at += 4) bytes.writeUInt32LE((at * 2_654_435_761) % 2 ** 32, at);
  bytes.write('%PDF-1.7\n', 'latin1');
  return bytes;
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Files that are gone after each test. */
export function testFiles(): (size: number) => Promise<{ path: string; blob: Blob }> {
  const directories: string[] = [];
  afterEach(async () => {
    for (const each of directories.splice(0)) await rm(each, { recursive: true, force: true });
  });
  return async (size) => {
    const directory = await mkdtemp(join(tmpdir(), 'glomopay-upload-'));
    directories.push(directory);
    const path = join(directory, 'invoice.pdf');
    await writeFile(path, pdfBytes(size));
    return { path, blob: await openAsBlob(path) };
  };
}

/** How often this process has a file open; 0 where the system does not tell. */
export async function timesOpen(path: string): Promise<number> {
  const open = await readdir('/proc/self/fd').catch(() => []);
  const targets = await Promise.all(
    open.map((each) => readlink(`/proc/self/fd/${each}`).catch(() => '')),
  );
  return targets.filter((target) => target.startsWith(path)).length;
}
