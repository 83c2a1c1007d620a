/** One client in a process of its own: `caller.mjs p7-clients.mjs glomopay 40123`. */
import { cpuSince } from './measure.mjs';
import { serve } from './worker.mjs';

const [file, name, port] = process.argv.slice(2);
const { clients } = await import(new URL(file, import.meta.url));
const call = await clients[name](Number(port));
let number = 0;

serve({
  /** CPU microseconds of this process for one call, `inFlight` of them at a time. */
  calls: async ({ count, inFlight }) => {
    let left = count;
    const caller = async () => {
      while (left-- > 0) await call((number += 1));
    };
    const start = process.cpuUsage();
    await Promise.all(Array.from({ length: inFlight }, caller));
    return cpuSince(start) / count;
  },
});
