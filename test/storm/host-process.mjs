import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { request } from './http-request.mjs';

// It ends what hangs, and measures nothing: a machine may be busy with other tests.
const BOOT_MS = 120_000;
const SHUTDOWN_MS = 15_000;

// The shop as a child process: started, killed without warning, started again. Its output goes
// straight to a file, so that nothing of it is lost with the process.
export class HostProcess {
  starts = 0;
  kills = 0;
  faults = [];
  #child;
  #ready = false;
  #dying = false;

  constructor({ name, main, port, environment, logFile }) {
    Object.assign(this, { name, port });
    this.spawnOptions = { main, environment, logFile };
  }

  get isUp() {
    return this.#ready;
  }

  // Spawns the process without waiting for it.
  spawn() {
    const { main, environment, logFile } = this.spawnOptions;
    const log = openSync(logFile, 'a');
    const child = spawn(process.execPath, ['--enable-source-maps', main], {
      env: { PATH: process.env['PATH'], ...environment },
      stdio: ['ignore', log, log],
    });
    closeSync(log);
    const orphaned = () => child.kill('SIGKILL');
    process.once('exit', orphaned);
    this.starts += 1;
    this.#child = child;
    this.#dying = false;
    child.once('exit', (code, signal) => {
      process.off('exit', orphaned);
      if (child !== this.#child) return;
      this.#ready = false;
      if (!this.#dying) this.faults.push(`${this.name} ended by itself (${code ?? signal})`);
    });
  }

  // Resolves when the shop answers; false when it does not in time.
  async ready() {
    const child = this.#child;
    for (const end = Date.now() + BOOT_MS; Date.now() < end; await pause(25)) {
      if (child.exitCode !== null || child.signalCode !== null) return false;
      const answer = await request({ port: this.port, path: '/health', timeoutMs: 2000 });
      if (answer.status === 200 && child === this.#child && !this.#dying) {
        this.#ready = true;
        return true;
      }
    }
    this.faults.push(`${this.name} did not answer within ${BOOT_MS} ms of its start`);
    return false;
  }

  // kill -9
  async kill() {
    this.kills += 1;
    await this.#end('SIGKILL');
  }

  // Asks the process to leave, as an operator would.
  async stop() {
    if (this.#child === undefined || this.#child.exitCode !== null) return;
    const late = setTimeout(() => {
      this.faults.push(`${this.name} did not shut down within ${SHUTDOWN_MS} ms`);
      this.#child.kill('SIGKILL');
    }, SHUTDOWN_MS);
    await this.#end('SIGTERM');
    clearTimeout(late);
  }

  async #end(signal) {
    const child = this.#child;
    this.#dying = true;
    this.#ready = false;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, 'exit');
    child.kill(signal);
    await exited;
  }
}
