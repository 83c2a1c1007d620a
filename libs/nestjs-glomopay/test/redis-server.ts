import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Redis } from 'ioredis';

const HOST = '127.0.0.1';
const PASSWORD = 'hunter2';

/** The Redis that tests share: everything under a prefix of one's own, and never flushed. */
export const sharedRedis = process.env['TEST_REDIS_URL'] ?? `redis://${HOST}:6379`;

/** Where the tests look for it, without credentials. */
export const redisPlace = `Redis at ${new URL(sharedRedis).host}`;

/** Whether the shared Redis answers. */
export async function isRedisThere(): Promise<boolean> {
  const client = new Redis(sharedRedis, { lazyConnect: true, retryStrategy: () => null });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.ping()) === 'PONG';
  } catch {
    return false;
  } finally {
    client.disconnect();
  }
}

/** Removes everything that was left under a prefix. */
export async function removeKeys(prefix: string): Promise<void> {
  const client = new Redis(sharedRedis);
  try {
    const keys = await client.keys(`${prefix}:*`);
    if (keys.length > 0) await client.del(keys);
  } finally {
    client.disconnect();
  }
}

/** A Redis of the test's own, which may be killed and flushed. It writes nothing to disk. */
export class RedisServer {
  readonly port: number;
  #process: ChildProcess | undefined;

  private constructor(port: number) {
    this.port = port;
  }

  /** Undefined where there is no `redis-server`. */
  static async start(): Promise<RedisServer | undefined> {
    const server = new RedisServer(await freePort());
    return (await server.#spawn()) ? server : undefined;
  }

  get url(): string {
    return `redis://:${PASSWORD}@${HOST}:${this.port}`;
  }

  /** `kill -9`: everything in it is lost. */
  async kill(): Promise<void> {
    const child = this.#process;
    this.#process = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  /** Stops it from answering, with its connections open; `resume` ends that. */
  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  resume(): void {
    this.#process?.kill('SIGCONT');
  }

  async restart(): Promise<void> {
    if (!(await this.#spawn())) throw new Error('redis-server did not start again');
  }

  async flush(): Promise<void> {
    await this.ask((client) => client.flushall());
  }

  async ask<Answer>(question: (client: Redis) => Promise<Answer>): Promise<Answer> {
    const client = new Redis(this.url);
    client.on('error', () => undefined);
    try {
      return await question(client);
    } finally {
      client.disconnect();
    }
  }

  async #spawn(): Promise<boolean> {
    const child = spawn(
      'redis-server',
      ['--port', String(this.port), '--bind', HOST, '--requirepass', PASSWORD, '--save', ''],
      { stdio: 'ignore' },
    );
    this.#process = child;
    const isMissing = await Promise.race([
      once(child, 'error').then(() => true),
      once(child, 'spawn').then(() => false),
    ]).catch(() => true);
    if (isMissing) return false;
    return (await this.ask((client) => client.ping())) === 'PONG';
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, HOST);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
