import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

/** Which bytes a silent connection loses: those to the server, those from it, or all. */
export type Loss = 'questions' | 'answers' | 'everything';

interface Pair {
  readonly host: Socket;
  readonly server: Socket;
  lost: Loss | undefined;
}

/** Stands between a test and Postgres, and has connections go silent as a firewall would. */
export class PostgresProxy {
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  #newOnes: Loss | undefined;
  /** Connections made so far. */
  made = 0;

  private constructor(target: URL) {
    this.#server = createServer((host) => {
      const server = connect(Number(target.port || 5432), target.hostname);
      const pair: Pair = { host, server, lost: this.#newOnes };
      this.made += 1;
      this.#pairs.add(pair);
      host.on('data', (bytes) => loses(pair, 'questions') || server.write(bytes));
      server.on('data', (bytes) => loses(pair, 'answers') || host.write(bytes));
      for (const socket of [host, server]) {
        socket.on('error', () => undefined);
        socket.on('close', () => this.#end(pair));
      }
    });
  }

  static async start(connectionString: string): Promise<PostgresProxy> {
    const proxy = new PostgresProxy(new URL(connectionString));
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  /** The address of the database as seen through the proxy. */
  through(connectionString: string): string {
    const url = new URL(connectionString);
    url.hostname = '127.0.0.1';
    url.port = String((this.#server.address() as AddressInfo).port);
    return url.href;
  }

  /** Every connection that is open now goes silent, and stays so; new ones work. */
  silence(lost: Loss = 'everything'): void {
    for (const pair of this.#pairs) pair.lost = lost;
  }

  /** New connections are accepted and never answered, until `welcome`. */
  ignoreNewOnes(): void {
    this.#newOnes = 'everything';
  }

  welcome(): void {
    this.#newOnes = undefined;
  }

  /** The network gives up on every connection there is. */
  cut(): void {
    for (const pair of this.#pairs) this.#end(pair);
  }

  async stop(): Promise<void> {
    this.cut();
    this.#server.close();
    await once(this.#server, 'close');
  }

  #end(pair: Pair): void {
    this.#pairs.delete(pair);
    pair.host.destroy();
    pair.server.destroy();
  }
}

function loses({ lost }: Pair, bytes: 'questions' | 'answers'): boolean {
  return lost === 'everything' || lost === bytes;
}
