import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts } from '../storm/free-ports.mjs';
import { HostProcess } from '../storm/host-process.mjs';
import { Processes } from '../storm/processes.mjs';

const main = fileURLToPath(new URL('worker.mjs', import.meta.url));

// The processes of the fleet.
export async function workersOf({ count, folder, environment }) {
  const ports = await freePorts(count);
  return new Processes(
    ports.map((port, index) => {
      const name = `worker ${index + 1}`;
      const logFile = path.join(folder, `worker-${index + 1}.log`);
      const own = { ...environment, PORT: String(port) };
      return new HostProcess({ name, main, port, environment: own, logFile });
    }),
  );
}
