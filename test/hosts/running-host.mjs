import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import process from 'node:process';
import { setTimeout as pause } from 'node:timers/promises';
import { plainEnvironment } from './command.mjs';

const BOOT_MS = 40_000;
const STOP_MS = 10_000;
const LOOK_EVERY_MS = 50;

// A host as a process of its own, under a Node of choice.
export class RunningHost {
  output = '';
  #child;

  constructor({ node, args, cwd, port, environment }) {
    Object.assign(this, { node, args, cwd, port, environment });
    this.url = `http://127.0.0.1:${port}`;
  }

  // Starts it and waits until it answers at a path.
  async start(path) {
    this.#child = spawn(this.node, this.args, {
      cwd: this.cwd,
      env: { ...plainEnvironment(), PORT: String(this.port), ...this.environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.on('data', (chunk) => (this.output += chunk));
    }
    const orphaned = () => this.#child.kill('SIGKILL');
    process.once('exit', orphaned);
    this.#child.once('exit', () => process.off('exit', orphaned));
    const end = Date.now() + BOOT_MS;
    while (!(await this.#answers(path))) {
      if (this.#hasEnded()) throw new Error(`The host ended while it booted\n${this.output}`);
      if (Date.now() > end) throw new Error(`The host did not boot in time\n${this.output}`);
      await pause(LOOK_EVERY_MS);
    }
  }

  fetch(path, options = {}) {
    const signal = AbortSignal.timeout(20_000);
    return fetch(new URL(path, this.url), { redirect: 'manual', signal, ...options });
  }

  // Asks it to stop, and gives how it ended; one that does not is killed.
  async stop() {
    if (this.#child === undefined || this.#hasEnded()) return this.#child?.exitCode;
    const ended = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    const killed = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(killed);
    return this.#child.exitCode ?? this.#child.signalCode;
  }

  #hasEnded() {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  #answers(path) {
    return this.fetch(path).then(
      () => true,
      () => false,
    );
  }
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
