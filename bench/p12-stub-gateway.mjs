/** Answers every question about a payment after 50 ms: it has succeeded. In a process of its own. */
import http from 'node:http';
import { readFile } from 'node:fs/promises';
import { serve } from './worker.mjs';

const ANSWER_AFTER_MS = 50;

const facts = JSON.parse(
  await readFile(new URL('../test/contract/facts/objects.json', import.meta.url), 'utf8'),
);
const [sample] = facts.find(({ name }) => name === 'Payment').examples;

let asked = 0;

const server = http.createServer({ keepAliveTimeout: 60_000 }, ({ url }, response) => {
  asked += 1;
  const id = url.slice(url.lastIndexOf('/') + 1);
  const answer = JSON.stringify({
    ...sample,
    id,
    status: 'success',
    payin_id: id.replace('payt_', 'order_'),
    subscription_id: null,
    requested_amount: 1_000,
    requested_currency: 'USD',
    funds_available: true,
  });
  setTimeout(() => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(answer);
  }, ANSWER_AFTER_MS);
});
server.listen(0, '127.0.0.1', () =>
  serve({ port: () => server.address().port, asked: () => asked }),
);
