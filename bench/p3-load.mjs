/** Sends callbacks over keep-alive connections and waits for each answer; in a process of its own. */
import net from 'node:net';
import { signedCallbacks } from './signed-callbacks.mjs';
import { serve } from './worker.mjs';

const CONNECTIONS = 16;
const ANSWERED = 'HTTP/1.1 200 OK\r\n';

const requests = signedCallbacks(1024).map(
  ({ url }) => `GET ${url} HTTP/1.1\r\nHost: localhost\r\nAccept: */*\r\n\r\n`,
);

serve({
  /** Sends `count` callbacks to a port; each must be answered with 200. */
  send: async ({ port, count }) => {
    let left = count;
    await Promise.all(
      Array.from({ length: CONNECTIONS }, () => connection(port, () => left-- > 0)),
    );
  },
});

/** One request after the other over one connection. The answers are small: each is one packet. */
function connection(port, another) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1').setEncoding('latin1').setNoDelay(true);
    const next = () => {
      if (another()) socket.write(requests[Math.floor(Math.random() * requests.length)]);
      else socket.end(() => resolve());
    };
    socket.once('connect', next);
    socket.once('error', reject);
    socket.on('data', (answer) => {
      if (answer.startsWith(ANSWERED)) next();
      else reject(new Error(`the route answered ${answer.slice(0, answer.indexOf('\r\n'))}`));
    });
  });
}
