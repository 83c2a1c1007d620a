import { once } from 'node:events';
import { connect, createServer } from 'node:net';

// A line to a server that can be cut and mended: while it is cut, connections are refused, and those
// that were open have ended.
export class BrokenLine {
  #server;
  #sockets = new Set();

  constructor({ host, port }) {
    this.target = { host, port };
  }

  // Takes a port of its own, and is cut.
  async start() {
    await this.mend();
    this.port = this.#server.address().port;
    await this.cut();
  }

  async mend() {
    this.#server = createServer((near) => {
      const far = connect(this.target);
      for (const [socket, other] of [
        [near, far],
        [far, near],
      ]) {
        this.#sockets.add(socket);
        socket
          .on('error', () => undefined)
          .on('close', () => {
            this.#sockets.delete(socket);
            other.destroy();
          });
        socket.pipe(other);
      }
    }).listen(this.port ?? 0, '127.0.0.1');
    await once(this.#server, 'listening');
  }

  async cut() {
    if (this.#server === undefined) return;
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
    this.#server = undefined;
  }
}
