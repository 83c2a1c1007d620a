import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { freePorts } from '../storm/free-ports.mjs';
import { HostProcess } from '../storm/host-process.mjs';
import { Processes } from '../storm/processes.mjs';

const main = fileURLToPath(new URL('host.mjs', import.meta.url));

export const operatorsToken = 'operators of the crash test';

// The host processes of a scenario. Several of them are one shop: they share its public address and
// its database, as behind a load balancer.
export class Hosts extends Processes {
  #random;

  constructor(hosts, origin, random) {
    super(hosts);
    this.origin = origin;
    this.#random = random;
  }

  static async of({ count, folder, storage, sandbox, random }) {
    const ports = await freePorts(count);
    const origin = `http://localhost:${ports[0]}`;
    await mkdir(folder, { recursive: true });
    const hosts = ports.map((port, index) => {
      const environment = {
        PORT: String(port),
        PUBLIC_URL: origin,
        GLOMOPAY_SECRET_KEY: sandbox.secretKey,
        GLOMOPAY_BASE_URL: sandbox.url,
        GLOMOPAY_WEBHOOK_SECRET: sandbox.webhookSecret,
        SHOP_CUSTOMER_ID: sandbox.demoCustomerId,
        OPERATIONS_TOKEN: operatorsToken,
        CHECKOUTS_PER_MINUTE: '1000000',
        SWEEP_EVERY_MS: '300',
        SWEEP_FIRST_CHECK_MS: '1500',
        ...storage,
      };
      const logFile = path.join(folder, `host-${index + 1}.log`);
      return new HostProcess({ name: `host ${index + 1}`, main, port, environment, logFile });
    });
    return new Hosts(hosts, origin, random);
  }

  // A host that answers, as soon as there is one. Throws when one has ended by itself and none is left.
  async anyUp() {
    for (;;) {
      const up = this.all.filter(({ isUp }) => isUp);
      if (up.length > 0) return this.#random.pick(up);
      if (this.faults.length > 0) throw new Error(`The shop is down: ${this.faults.join('; ')}`);
      await pause(20);
    }
  }

  // Any host, up or not: where a load balancer that does not know yet sends a request.
  any() {
    return this.#random.pick(this.all);
  }
}
