import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { HostProcess } from '../crash/host-process.mjs';

const main = fileURLToPath(new URL('worker.mjs', import.meta.url));

// The processes of the fleet.
export class Workers {
  #workers;

  constructor(workers) {
    this.#workers = workers;
  }

  static async of({ count, folder, environment }) {
    const ports = await Promise.all(Array.from({ length: count }, freePort));
    return new Workers(
      ports.map((port, index) => {
        const name = `worker ${index + 1}`;
        const logFile = path.join(folder, `worker-${index + 1}.log`);
        const own = { ...environment, PORT: String(port) };
        return new HostProcess({ name, main, port, environment: own, logFile });
      }),
    );
  }

  get all() {
    return this.#workers;
  }

  get starts() {
    return this.#workers.reduce((sum, { starts }) => sum + starts, 0);
  }

  get kills() {
    return this.#workers.reduce((sum, { kills }) => sum + kills, 0);
  }

  get faults() {
    return this.#workers.flatMap(({ faults }) => faults);
  }

  // All at once, so that they also race for the making of the tables.
  async start() {
    for (const worker of this.#workers) worker.spawn();
    const ready = await Promise.all(this.#workers.map((worker) => worker.ready()));
    if (ready.includes(false)) throw new Error(`A worker did not start: ${this.faults.join('; ')}`);
  }

  async stop() {
    await Promise.all(this.#workers.map((worker) => worker.stop()));
  }
}

// A port that was free a moment ago.
export async function freePort() {
  const server = net.createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
