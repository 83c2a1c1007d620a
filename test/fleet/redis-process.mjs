import { spawn } from 'node:child_process';
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { freePorts } from '../storm/free-ports.mjs';

const START_MS = 5_000;

// A Redis of the run's own: it is flushed and killed. It writes nothing to disk.
export class RedisProcess {
  outages = 0;
  flushes = 0;
  #port;
  #child;

  constructor(port) {
    this.#port = port;
  }

  // Undefined when there is no redis-server.
  static async start() {
    const redis = new RedisProcess(...(await freePorts(1)));
    return (await redis.spawn()) ? redis : undefined;
  }

  get url() {
    return `redis://127.0.0.1:${this.#port}`;
  }

  async spawn() {
    const options = ['--port', String(this.#port), '--bind', '127.0.0.1', '--save', ''];
    const child = spawn('redis-server', options, { stdio: 'ignore' });
    this.#child = child;
    const isThere = await Promise.race([
      once(child, 'spawn').then(() => true),
      once(child, 'error').then(() => false),
    ]).catch(() => false);
    if (!isThere) return false;
    const orphaned = () => child.kill('SIGKILL');
    process.once('exit', orphaned);
    child.once('exit', () => process.off('exit', orphaned));
    for (const end = Date.now() + START_MS; Date.now() < end; await pause(20)) {
      if ((await this.#ask('PING')) === '+PONG') return true;
    }
    return false;
  }

  // Everything in it is lost, while it goes on.
  async flush() {
    this.flushes += 1;
    if ((await this.#ask('FLUSHALL')) !== '+OK') throw new Error('Redis was not flushed');
  }

  // Everything in it is lost, and for a while nobody answers.
  async outage(ms) {
    this.outages += 1;
    await this.kill();
    await pause(ms);
    if (!(await this.spawn())) throw new Error('redis-server did not start again');
  }

  async kill() {
    const child = this.#child;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
  }

  // One command, and the first line of its answer; undefined when nobody answers.
  #ask(command) {
    return new Promise((resolve) => {
      const socket = net.connect(this.#port, '127.0.0.1');
      const end = (answer) => {
        socket.destroy();
        resolve(answer);
      };
      socket.setTimeout(START_MS, end);
      socket.on('error', () => end());
      socket.on('data', (data) => end(data.toString().split('\r\n')[0]));
      socket.write(`${command}\r\n`);
    });
  }
}
