import path from 'node:path';
import { run } from './command.mjs';
import { carryOut } from './checks.mjs';

// Node's own SQLite, which a Node of CI may not have: the contract of a store, on the packed library.
export async function nodeSqliteCell({ place, ecosystem, node }) {
  const { file } = await place.node(node);
  const host = await place.host(ecosystem);
  await host.write('node-sqlite.mjs', script);
  const title = 'passes the contract of a tracking store on node:sqlite';
  const check = async () => {
    const environment = { NODE_OPTIONS: '--no-warnings' };
    const args = [path.join(host.folder, 'node-sqlite.mjs')];
    const printed = await run(file, args, { cwd: host.folder, environment, timeoutMs: 180_000 });
    const { passed, failed } = JSON.parse(printed.trim().split('\n').at(-1) ?? '{}');
    if (!(passed > 60) || failed.length > 0) throw new Error(printed);
  };
  return carryOut([{ title, check }], undefined);
}

const script = `import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SqliteTrackingStore } from 'nestjs-glomopay/sqlite';
import { trackingStoreContract } from 'nestjs-glomopay/testing';

const failed = [];
let passed = 0;
for (const { name, run } of trackingStoreContract(open)) {
  try {
    await run();
    passed += 1;
  } catch (thrown) {
    failed.push(name + ': ' + thrown.message);
  }
}
console.log(JSON.stringify({ passed, failed }));

async function open() {
  const folder = mkdtempSync(path.join(tmpdir(), 'node-sqlite-'));
  const file = path.join(folder, 'payments.db');
  const host = new DatabaseSync(file);
  host.exec('PRAGMA journal_mode = WAL; CREATE TABLE lines (line TEXT NOT NULL)');
  const stores = [];
  const another = async () => {
    const store = new SqliteTrackingStore(() => new DatabaseSync(file));
    stores.push(store);
    return store;
  };
  return {
    store: await another(),
    another,
    write: async (tx, line) => void tx.prepare('INSERT INTO lines VALUES (?)').run(line),
    written: async () => host.prepare('SELECT line FROM lines').all().map(({ line }) => line),
    async close() {
      for (const store of stores) await store.close();
      host.close();
      rmSync(folder, { recursive: true });
    },
  };
}
`;
