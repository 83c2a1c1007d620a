import { EventEmitter, once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { Pool } from 'pg';
import { pgAdapter } from './pg.adapter.js';
import { PoolWatch } from '../tracking/store/sql/connections/pool-watch.js';

/** A message of the server: its letter, its length, what it says. */
function message(letter: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(letter), length, body]);
}

const welcome = [message('R', Buffer.alloc(4)), message('Z', Buffer.from('I'))];
const farewell = message('E', Buffer.from('SFATAL\0C57P01\0Mended by an administrator\0\0'));

describe('PoolWatch', () => {
  it('survives a connection that is ended with the bytes that made it', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(Buffer.concat([...welcome, farewell])));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const { port } = server.address() as AddressInfo;
    const pool = new Pool({
      host: '127.0.0.1',
      port,
      user: 'nobody',
      database: 'none',
      ssl: false,
    });
    const asked = pgAdapter(pool).query('SELECT 1', []);
    await expect(asked).rejects.toThrow();
    expect(pool.totalCount).toBe(0);
    await pool.end();
    server.close();
  });

  it('listens to a client that is handed out for this turn, and no longer', async () => {
    const [fake, client] = [new EventEmitter(), new EventEmitter()];
    PoolWatch.over(fake);
    fake.emit('acquire', client);
    expect(() => client.emit('error', new Error('gone'))).not.toThrow();
    await nextTurn();
    expect(client.listenerCount('error')).toBe(0);
  });
});
