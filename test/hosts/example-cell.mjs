import assert from 'node:assert/strict';
import { cp, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { brokers } from './brokers.mjs';
import { carryOut } from './checks.mjs';
import { exampleConversation } from './example-conversation.mjs';
import { createDatabase } from './database.mjs';
import { outboxConversation } from './outbox-conversation.mjs';
import { HostFolder } from './host-folder.mjs';
import { accountOf } from './runtime-cell.mjs';
import { freePort, RunningHost } from './running-host.mjs';
import { install } from './install.mjs';

const examples = fileURLToPath(new URL('../../examples/', import.meta.url));

// An example as somebody gets it who copies its folder, with the tarballs in place of the published
// packages of that name.
export async function exampleCell({ place, example, node, accounts, broker }) {
  const folder = place.own(`example-${example}`);
  await rm(folder, { recursive: true, force: true });
  await cp(path.join(examples, example), folder, { recursive: true, filter: isSource });
  const tarballs = await place.tarballs();
  const manifest = JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8'));
  assert.equal(manifest.scripts.start, 'tsc && node dist/main.js', 'what is started below');
  const host = new HostFolder(folder, {});
  await host.write('package.json', withTarballs(manifest, tarballs));
  await install(folder, [], place.options);
  await host.compile();
  return start({ place, folder, node: (await place.node(node)).file, accounts, broker });
}

const isSource = (file) => !/[\\/](?:node_modules|dist)$/.test(file);

function withTarballs(manifest, tarballs) {
  const members = ['dependencies', 'devDependencies'].map((member) => [
    member,
    Object.fromEntries(
      Object.entries(manifest[member]).map(([name, range]) => [
        name,
        name in tarballs ? `file:${tarballs[name]}` : range,
      ]),
    ),
  ]);
  return { ...manifest, ...Object.fromEntries(members) };
}

async function start({ place, folder, node, accounts, broker }) {
  const database = await createDatabase();
  const outside = await brokers[broker]?.();
  const gateways = await Promise.all(accounts.map(() => place.gateway()));
  const port = await freePort();
  const addresses = accounts.map(({ prefix, callback }) => [
    `${prefix}_CALLBACK_URL`,
    `http://127.0.0.1:${port}${callback}`,
  ]);
  const environment = Object.assign(
    { DATABASE_URL: database.url, DATABASE_FILE: path.join(folder, 'shop.db') },
    outside?.environment,
    Object.fromEntries(addresses),
    ...accounts.map(({ prefix }, index) => accountOf(prefix, gateways[index])),
  );
  const args = ['dist/main.js'];
  const host = new RunningHost({ node, args, cwd: folder, port, environment });
  try {
    const sides = accounts.map((account, index) => ({ ...account, gateway: gateways[index] }));
    const conversation =
      outside === undefined ? exampleConversation(sides) : outboxConversation(sides, outside);
    return await carryOut(conversation, { host });
  } finally {
    await host.stop();
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    await outside?.drop();
    await database.drop();
  }
}
