import { mkdir } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { HostProcess } from './host-process.mjs';

const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

// The host processes of a scenario. Several of them are one shop: they share its public address and
// its database, as behind a load balancer.
export class Hosts {
  #hosts;
  #random;

  constructor(hosts, origin, random) {
    this.#hosts = hosts;
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

  get all() {
    return this.#hosts;
  }

  get starts() {
    return this.#hosts.reduce((sum, { starts }) => sum + starts, 0);
  }

  get kills() {
    return this.#hosts.reduce((sum, { kills }) => sum + kills, 0);
  }

  get faults() {
    return this.#hosts.flatMap(({ faults }) => faults);
  }

  // All at once, so that they also race for the making of the tables.
  async start() {
    for (const host of this.#hosts) host.spawn();
    const ready = await Promise.all(this.#hosts.map((host) => host.ready()));
    if (ready.includes(false)) throw new Error(`A host did not start: ${this.faults.join('; ')}`);
  }

  async stop() {
    await Promise.all(this.#hosts.map((host) => host.stop()));
  }

  // A host that answers, as soon as there is one. Throws when one has ended by itself and none is left.
  async anyUp() {
    for (;;) {
      const up = this.#hosts.filter(({ isUp }) => isUp);
      if (up.length > 0) return this.#random.pick(up);
      if (this.faults.length > 0) throw new Error(`The shop is down: ${this.faults.join('; ')}`);
      await pause(20);
    }
  }

  // Any host, up or not: where a load balancer that does not know yet sends a request.
  any() {
    return this.#random.pick(this.#hosts);
  }
}

async function freePorts(count) {
  const servers = Array.from({ length: count }, () => net.createServer());
  await Promise.all(
    servers.map((server) => new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))),
  );
  const ports = servers.map((server) => server.address().port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
