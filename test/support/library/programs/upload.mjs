// Uploads a file from disk, and tells what it has held in memory meanwhile: bytes beyond those before, the
// median of many looks, since freed memory is given back by threads that a busy machine lets wait.
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { openAsBlob } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

const { GlomopayModule, DocumentsService } = await import(process.env.LIBRARY);
const { BASE_URL, SECRET_KEY, FILE, HOLD } = process.env;

const dynamic = GlomopayModule.forRoot({ secretKey: SECRET_KEY, baseUrl: BASE_URL });
const host = await NestFactory.createApplicationContext(dynamic, { logger: false });
const documents = host.get(DocumentsService);

/** What is held, without what is only not collected yet. */
function held() {
  globalThis.gc();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { live: heapUsed + external, rss };
}

async function upload() {
  const file = HOLD === 'yes' ? await readFile(FILE) : await openAsBlob(FILE);
  // As a host would that needs it again.
  globalThis.file = file;
  return documents.upload({ file, fileName: 'invoice.pdf', documentName: 'Invoice' });
}

await upload();
globalThis.file = undefined;
// What the first one has left behind goes in several rounds.
for (let round = 0; round < 5; round += 1) {
  held();
  await setTimeout(20);
}
const before = held();
const looks = [];
const looking = setInterval(() => looks.push(held()), 20);
const { id } = await upload();
clearInterval(looking);
await host.close();
const median = (member) => {
  const values = looks.map((look) => look[member] - before[member]).toSorted((a, b) => a - b);
  return values[Math.floor(values.length / 2)];
};
const samples = looks.length;
process.stdout.write(JSON.stringify({ id, samples, live: median('live'), rss: median('rss') }));
