// Uploads a file from disk, and tells what it has held in memory meanwhile: bytes beyond those before.
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
  return documents.upload({ file, fileName: 'invoice.pdf', documentName: 'Invoice' });
}

await upload();
// What the first one has left behind goes in several rounds.
for (let round = 0; round < 5; round += 1) {
  held();
  await setTimeout(20);
}
const before = held();
const most = { live: 0, rss: 0 };
let samples = 0;
const sampling = setInterval(() => {
  const { live, rss } = held();
  most.live = Math.max(most.live, live - before.live);
  most.rss = Math.max(most.rss, rss - before.rss);
  samples += 1;
}, 20);
const { id } = await upload();
clearInterval(sampling);
await host.close();
process.stdout.write(JSON.stringify({ id, samples, ...most }));
