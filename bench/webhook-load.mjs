/** Sends webhooks over keep-alive connections and waits for each answer; in a process of its own. */
import net from 'node:net';
import { sign, webhookBodies } from './signed-webhooks.mjs';
import { serve } from './worker.mjs';

const BYTES = 1_024;
const ANSWERED = /^HTTP\/1\.1 20[01] /;

serve({
  /**
   * Sends `count` webhooks of 1 kB, each a new one, to a port; each must be answered with 200 or 201.
   * Gives the microseconds that it took. Signing is over before the first is sent.
   */
  send: async ({ port, path, signer, count, connections }) => {
    const requests = webhookBodies(count, BYTES).map((body) => requestOf(path, signer, body));
    const start = process.hrtime.bigint();
    await Promise.all(
      Array.from({ length: connections }, () => connection(port, () => requests.pop())),
    );
    return Number(process.hrtime.bigint() - start) / 1_000;
  },
});

function requestOf(path, signer, body) {
  const headers = {
    host: 'localhost',
    'content-type': 'application/json',
    'content-length': body.length,
    ...sign[signer](body),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.join('')}\r\n`), body]);
}

/** One request after the other over one connection. The answers are small: each is one packet. */
function connection(port, another) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1').setEncoding('latin1').setNoDelay(true);
    const next = () => {
      const request = another();
      if (request === undefined) socket.end(() => resolve());
      else socket.write(request);
    };
    socket.once('connect', next);
    socket.once('error', reject);
    socket.on('data', (answer) => {
      if (ANSWERED.test(answer)) next();
      else reject(new Error(`the route answered ${answer.slice(0, answer.indexOf('\r\n'))}`));
    });
  });
}
