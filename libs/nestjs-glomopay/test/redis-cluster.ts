import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Cluster, Redis } from 'ioredis';
import { freePort } from './redis-server.js';
import { until } from './remembered-work.js';

const HOST = '127.0.0.1';
const SLOTS = 16_384;
const NODES = 3;

interface Node {
  readonly port: number;
  readonly busPort: number;
  readonly process: ChildProcess;
}

/** A Redis Cluster of three nodes of the test's own, which keeps nothing. */
export class RedisCluster {
  readonly #nodes: readonly Node[];
  readonly #folder: string;

  private constructor(nodes: readonly Node[], folder: string) {
    this.#nodes = nodes;
    this.#folder = folder;
  }

  static async start(): Promise<RedisCluster> {
    const folder = mkdtempSync(path.join(tmpdir(), 'redis-cluster-'));
    const nodes: Node[] = [];
    for (let n = 0; n < NODES; n += 1) nodes.push(await startNode(folder));
    const cluster = new RedisCluster(nodes, folder);
    await cluster.#join();
    return cluster;
  }

  /** A client as a host makes it. */
  client(): Cluster {
    return new Cluster(
      this.#nodes.map(({ port }) => ({ host: HOST, port })),
      { redisOptions: { maxRetriesPerRequest: null } },
    );
  }

  /** The keys of all nodes, those of each by itself. */
  keys(): Promise<readonly (readonly string[])[]> {
    return Promise.all(this.#nodes.map(({ port }) => ask(port, (client) => client.keys('*'))));
  }

  async stop(): Promise<void> {
    for (const { process } of this.#nodes) {
      const exited = once(process, 'exit');
      process.kill('SIGKILL');
      await exited;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #join(): Promise<void> {
    const [first, ...others] = this.#nodes;
    if (first === undefined) throw new Error('There is no node');
    for (const [index, { port }] of this.#nodes.entries()) {
      const from = Math.floor((index * SLOTS) / NODES);
      const to = Math.floor(((index + 1) * SLOTS) / NODES) - 1;
      await ask(port, async (client) => {
        await client.call('CLUSTER', 'SET-CONFIG-EPOCH', String(index + 1));
        await client.call('CLUSTER', 'ADDSLOTSRANGE', String(from), String(to));
      });
    }
    for (const { port, busPort } of others) {
      await ask(first.port, (client) =>
        client.call('CLUSTER', 'MEET', HOST, String(port), String(busPort)),
      );
    }
    await until(async () => {
      const infos = await Promise.all(
        this.#nodes.map(({ port }) => ask(port, (client) => client.call('CLUSTER', 'INFO'))),
      );
      return infos.every(
        (info) => /cluster_state:ok/.test(String(info)) && /known_nodes:3/.test(String(info)),
      );
    }, 30_000);
  }
}

async function startNode(folder: string): Promise<Node> {
  const [port, busPort] = [await freePort(), await freePort()];
  const options = ['--port', `${port}`, '--bind', HOST, '--save', '', '--dir', folder];
  const ofCluster = [
    '--cluster-enabled',
    'yes',
    '--cluster-port',
    `${busPort}`,
    '--cluster-config-file',
    `nodes-${port}.conf`,
  ];
  const child = spawn('redis-server', [...options, ...ofCluster], { stdio: 'ignore' });
  await once(child, 'spawn');
  await ask(port, (client) => client.ping());
  return { port, busPort, process: child };
}

async function ask<Answer>(
  port: number,
  question: (client: Redis) => Promise<Answer>,
): Promise<Answer> {
  const client = new Redis({ host: HOST, port });
  client.on('error', () => undefined);
  try {
    return await question(client);
  } finally {
    client.disconnect();
  }
}
