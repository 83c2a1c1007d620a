import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Redis } from 'ioredis';
import { isThere } from './is-there.js';

const HOST = '127.0.0.1';
const PASSWORD = 'hunter2';

/** The Redis that tests share: everything under a prefix of one's own, and never flushed. */
export const sharedRedis = process.env['TEST_REDIS_URL'] ?? `redis://${HOST}:6379`;

/** Where the tests look for it, without credentials. */
export const redisPlace = `Redis at ${new URL(sharedRedis).host}`;

/** Whether the shared Redis answers; where it must, a file without it fails. */
export async function isRedisThere(): Promise<boolean> {
  return isThere(redisPlace, answers);
}

async function answers(): Promise<boolean> {
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

  /** Whether this machine has a `redis-server`. */
  static isInstalled(): boolean {
    return spawnSync('redis-server', ['--version']).status === 0;
  }

  static async start(): Promise<RedisServer> {
    const server = new RedisServer(await freePort());
    await server.restart();
    return server;
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

  /** Starts it, empty. */
  async restart(): Promise<void> {
    const options = ['--port', String(this.port), '--bind', HOST, '--requirepass', PASSWORD];
    this.#process = spawn('redis-server', [...options, '--save', ''], { stdio: 'ignore' });
    await once(this.#process, 'spawn');
    await this.ask((client) => client.ping());
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
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, HOST);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
