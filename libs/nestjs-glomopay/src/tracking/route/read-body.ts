import type { Readable } from 'node:stream';

/** What came of reading a request's body: the bytes, or why there are none. */
export type ReadBody = Buffer | 'too_large' | 'too_slow' | 'broken';

/** Reads a body of bounded size in bounded time, without looking at it. */
export function readBody(body: Readable, maxBytes: number, withinMs: number): Promise<ReadBody> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (result: ReadBody): void => {
      clearTimeout(timer);
      body.off('data', take).off('end', finish).off('error', fail).off('close', fail);
      if (typeof result === 'string') body.on('error', () => undefined).resume();
      resolve(result);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > maxBytes) end('too_large');
      else chunks.push(chunk);
    };
    const [finish, fail] = [() => end(Buffer.concat(chunks, size)), () => end('broken')];
    const timer = setTimeout(() => end('too_slow'), withinMs);
    body.on('data', take).on('end', finish).on('error', fail).on('close', fail);
  });
}
