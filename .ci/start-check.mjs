// Runs `npm start` as a new user would and asks the shop and its sandbox for a sign of life.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const [, , reportFile] = process.argv;
const SHOP = 'http://localhost:3917';
const dataFolder = mkdtempSync(path.join(tmpdir(), 'shop-'));
const environment = { ...process.env, PORT: '3917', SANDBOX_PORT: '4917', DATA_DIR: dataFolder };
const shop = spawn('npm', ['start'], { env: environment, stdio: 'inherit', detached: true });
const ended = new Promise((resolve) => shop.once('exit', resolve));

async function answers(url) {
  const end = Date.now() + 120_000;
  while (Date.now() < end) {
    const status = await fetch(url).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return true;
    await sleep(500);
  }
  return false;
}

const checks = { health: await answers(`${SHOP}/health`), checkout: await answers(SHOP) };
process.kill(-shop.pid, 'SIGTERM');
await Promise.race([ended, sleep(10_000)]);
rmSync(dataFolder, { recursive: true, force: true });

const failed = Object.entries(checks).filter(([, passed]) => !passed);
for (const [name] of failed) process.stdout.write(`npm start: no answer from ${name}\n`);
writeFileSync(
  reportFile,
  JSON.stringify({
    numPassedTests: Object.keys(checks).length - failed.length,
    numFailedTests: failed.length,
  }),
);
process.exitCode = failed.length > 0 ? 1 : 0;
