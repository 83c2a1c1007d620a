/** One client in a process of its own: `p7-caller.mjs glomopay 40123`. */
import { cpuSince } from './measure.mjs';
import { clients } from './p7-clients.mjs';
import { serve } from './worker.mjs';

const [name, port] = process.argv.slice(2);
const create = await clients[name](Number(port));
let number = 0;

serve({
  /** CPU microseconds of this process for one call, `inFlight` of them at a time. */
  calls: async ({ count, inFlight }) => {
    let left = count;
    const caller = async () => {
      while (left-- > 0) await create((number += 1));
    };
    const start = process.cpuUsage();
    await Promise.all(Array.from({ length: inFlight }, caller));
    return cpuSince(start) / count;
  },
});
