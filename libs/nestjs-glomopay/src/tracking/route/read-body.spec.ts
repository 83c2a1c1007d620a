import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { readBody } from './read-body.js';

describe('readBody', () => {
  it('gives the bytes as they came, in however many pieces', async () => {
    const body = new PassThrough();
    const read = readBody(body, 100, 1_000);
    for (const piece of [[0xff, 0x00], [], [0xfe]]) body.write(Buffer.from(piece));
    body.end();
    expect(await read).toEqual(Buffer.from([0xff, 0x00, 0xfe]));
  });

  it('takes a body of exactly the size, and an empty one', async () => {
    for (const size of [0, 100]) {
      const body = new PassThrough();
      body.end(Buffer.alloc(size));
      expect(await readBody(body, 100, 1_000)).toHaveLength(size);
    }
  });

  it('stops at one byte more, and lets the rest run off', async () => {
    const body = new PassThrough();
    const read = readBody(body, 100, 1_000);
    body.write(Buffer.alloc(101));
    expect(await read).toBe('too_large');
    body.end(Buffer.alloc(1_000_000));
    await new Promise((resolve) => {
      body.once('end', resolve);
    });
  });

  it('does not wait for ever', async () => {
    const body = new PassThrough();
    body.write(Buffer.alloc(1));
    expect(await readBody(body, 100, 20)).toBe('too_slow');
  });

  it('tells a body that broke off', async () => {
    const [closed, failed] = [new PassThrough(), new PassThrough()];
    const reads = [readBody(closed, 100, 1_000), readBody(failed, 100, 1_000)];
    closed.destroy();
    failed.destroy(new Error('reset'));
    expect(await Promise.all(reads)).toEqual(['broken', 'broken']);
    failed.emit('error', new Error('once more'));
  });
});
