import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { buy } from './buyer.mjs';
import { waitUntilCalm } from './calm.mjs';
import { turnClock } from './clock-hand.mjs';
import { cutConnections } from '../storm/connection-cutter.mjs';
import { FaultRain } from './fault-rain.mjs';
import { GatewayBooks } from './gateway-books.mjs';
import { Hosts } from './hosts.mjs';
import { killHosts } from './killer.mjs';
import { findLeaks } from './leaks.mjs';
import { randomOf } from '../storm/random.mjs';
import { ShopBooks } from './shop-books.mjs';
import { WebhookRain } from './webhook-rain.mjs';

// Buyers under way at the same time.
const CROWD = 6;
// Longer than the gateway goes on delivering an event that is not acknowledged.
const ALL_RETRIES_MS = 3_600_000;

// Runs one scenario and gives everything that is to be compared.
export async function runScenario({ scenario, storage, folder, seed, sabotage }) {
  const start = Date.now();
  const sandbox = await GlomopaySandbox.start({ requestsPerMinute: 1_000_000 });
  const random = randomOf(seed, 'routing');
  const hosts = await Hosts.of({
    count: scenario.hosts,
    folder,
    storage: storage.environment,
    sandbox,
    random,
  });
  const gateway = new GatewayBooks(sandbox);
  const shop = new ShopBooks(storage);
  const rain = new FaultRain(sandbox, seed);
  const webhookRain = new WebhookRain(sandbox, seed);
  try {
    await hosts.start();
    await storage.slowDown();
    sandbox.webhooks.endpoints = hosts.all.map(({ port }) => webhookUrl(port));
    const world = { scenario, storage, sandbox, hosts, gateway, shop, rain, webhookRain, seed };
    const { buyers, duringWrites, connectionsCut } = await storm(world);
    await sandbox.clock.advance(ALL_RETRIES_MS);
    const calmMs = await waitUntilCalm({ shop, gateway });
    if (sabotage !== undefined) await shop.sabotage(sabotage);
    const values = await shop.values();
    const files = await storage.files();
    const books = {
      payments: await gateway.payments(),
      orders: gateway.orders,
      purchases: await shop.purchases(),
      confirmations: await shop.confirmations(),
      intents: await shop.intents(),
      checkouts: await shop.checkouts(),
      paymentEvents: await shop.paymentEvents(),
      inbox: await shop.inbox(),
      deliveries: sandbox.webhooks.deliveries(),
    };
    await hosts.stop();
    const outputs = await outputsIn(folder);
    return {
      ...books,
      wanted: scenario,
      buyers,
      leaks: findLeaks({ values, files, outputs, secretKey: sandbox.secretKey }),
      hostFaults: hosts.faults,
      kills: hosts.kills,
      duringWrites,
      connectionsCut,
      restarts: hosts.starts - scenario.hosts,
      gatewayFaults: rain.counts,
      webhookFaults: webhookRain.counts,
      calmMs,
      durationMs: Date.now() - start,
    };
  } finally {
    rain.stop();
    webhookRain.stop();
    await hosts.stop();
    await sandbox.stop();
  }
}

// Buyers, kills, cut connections and faults, until every buyer has gone and all of it has happened.
async function storm(everything) {
  const { scenario, storage, sandbox, hosts, gateway, shop, rain, webhookRain, seed } = everything;
  const { payments, kills, cuts } = scenario;
  let begun = 0;
  const world = { sandbox, hosts, gatewayBooks: gateway, seed, begin: () => (begun += 1) };
  const buyers = [];
  let next = 0;
  const lane = async () => {
    while (next < payments) buyers.push(await buy(world, (next += 1)));
  };
  rain.start();
  webhookRain.start();
  const stopClock = turnClock({ hosts, shop, seed });
  const taken = () => begun;
  const [duringWrites, connectionsCut] = await Promise.all([
    killHosts({ hosts, storage, seed, kills, payments, begun: taken }),
    cutConnections({ processes: hosts, storage, seed, cuts, steps: payments, taken }),
    ...Array.from({ length: CROWD }, lane),
  ]);
  await stopClock();
  rain.stop();
  webhookRain.stop();
  return { buyers, duringWrites, connectionsCut };
}

function webhookUrl(port) {
  return `http://127.0.0.1:${port}/webhooks/glomopay`;
}

async function outputsIn(folder) {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.log'));
  return Promise.all(
    names.map(async (name) => ({ name, bytes: await readFile(path.join(folder, name)) })),
  );
}
