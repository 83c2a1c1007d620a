import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { buy } from './buyer.mjs';
import { waitUntilCalm } from './calm.mjs';
import { turnClock } from './clock-hand.mjs';
import { cutConnections } from '../storm/connection-cutter.mjs';
import { Elsewhere } from './elsewhere.mjs';
import { FaultRain } from './fault-rain.mjs';
import { GatewayBooks } from './gateway-books.mjs';
import { GatewayHand } from './gateway-hand.mjs';
import { Hosts } from './hosts.mjs';
import { killHosts } from './killer.mjs';
import { findLeaks } from './leaks.mjs';
import { refund } from './operator.mjs';
import { randomOf } from '../storm/random.mjs';
import { readBooks } from './read-books.mjs';
import { spoil } from './sabotages.mjs';
import { ShopBooks } from './shop-books.mjs';
import { WebhookRain } from './webhook-rain.mjs';

// Buyers under way at the same time.
const CROWD = 6;
// One order is paid elsewhere for so many buyers.
const BUYERS_PER_ORDER_ELSEWHERE = 6;
// Longer than the gateway goes on delivering an event that is not acknowledged.
const ALL_RETRIES_MS = 3_600_000;

// Runs one scenario and gives everything that is to be compared.
export async function runScenario({ scenario, storage, folder, seed, sabotage }) {
  const start = Date.now();
  const sandbox = await GlomopaySandbox.start({
    requestsPerMinute: 1_000_000,
    account: { screening: { card: true, transfer: false } },
  });
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
  const hand = new GatewayHand(sandbox, seed);
  const elsewhere = new Elsewhere({ sandbox, hosts, seed });
  try {
    await hosts.start();
    await shop.makeTables();
    await storage.slowDown();
    sandbox.webhooks.endpoints = hosts.all.map(({ port }) => webhookUrl(port));
    const world = {
      scenario,
      storage,
      sandbox,
      hosts,
      gateway,
      shop,
      rain,
      webhookRain,
      hand,
      elsewhere,
      seed,
    };
    const { buyers, operators, duringWrites, connectionsCut } = await storm(world);
    await sandbox.clock.advance(ALL_RETRIES_MS);
    const calmMs = await waitUntilCalm({ shop, gateway });
    if (sabotage !== undefined) await spoil(sabotage, { ...world, operators });
    const values = await shop.values();
    const files = await storage.files();
    const books = await readBooks({ sandbox, gateway, shop });
    await hosts.stop();
    const outputs = await outputsIn(folder);
    return {
      ...books,
      wanted: scenario,
      buyers,
      operators,
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
    await hand.stop();
    await hosts.stop();
    await sandbox.stop();
  }
}

// Buyers, operators, kills, cut connections and faults, until everybody has gone and all of it has happened.
async function storm(everything) {
  const { scenario, storage, sandbox, hosts, gateway, shop, seed } = everything;
  const { rain, webhookRain, hand, elsewhere } = everything;
  const { payments, kills, cuts } = scenario;
  let begun = 0;
  const begin = () => (begun += 1);
  const world = { sandbox, hosts, gatewayBooks: gateway, elsewhere, seed, begin };
  const buyers = [];
  const alongside = [];
  // What fails is heard when all of them are waited for.
  const aside = (work) => {
    work.catch(() => undefined);
    alongside.push(work);
  };
  let next = 0;
  const lane = async () => {
    while (next < payments) {
      const index = (next += 1);
      const buyer = await buy(world, index);
      buyers.push(buyer);
      aside(refund(world, buyer, index));
      if (index % BUYERS_PER_ORDER_ELSEWHERE === 0) aside(elsewhere.order(index));
    }
  };
  rain.start();
  webhookRain.start();
  hand.start();
  const stopClock = turnClock({ hosts, shop, seed });
  const taken = () => begun;
  const [duringWrites, connectionsCut] = await Promise.all([
    killHosts({ hosts, storage, seed, kills, payments, begun: taken }),
    cutConnections({ processes: hosts, storage, seed, cuts, steps: payments, taken }),
    ...Array.from({ length: CROWD }, lane),
  ]);
  const told = await Promise.all(alongside);
  await hand.stop();
  await stopClock();
  rain.stop();
  webhookRain.stop();
  return {
    buyers,
    operators: told.flatMap((claims) => claims ?? []),
    duringWrites,
    connectionsCut,
  };
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
