import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { AxiosAdapter, AxiosResponse } from 'axios';
import { Exchange, type ExchangeAnswer, type ExchangeRequest } from './exchange.js';
import { provesUnsent, TransportFailure } from './transport-failure.js';
import { Upload } from './upload.js';

/** Answers above this size are not read to the end. */
const MAX_ANSWER_BYTES = 2 * 1024 * 1024;

/** Where the adapter connects to. */
export interface Origin {
  readonly baseUrl: string;
  readonly agent: http.Agent;
}

/**
 * Our axios adapter on `node:http`: one request, one answer as bytes. It follows no redirect, reads
 * no proxy from the environment, asks for no compression, and bounds the whole attempt in time and
 * size. axios's own adapter costs twice the CPU of everything else together and keeps the body in
 * objects that a log can reach.
 */
export function leanAdapter(origin: Origin): AxiosAdapter {
  const { protocol, hostname, port } = new URL(origin.baseUrl);
  const secure = protocol === 'https:';
  const target = {
    // WHATWG keeps the brackets of an IPv6 address; sockets want it without.
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? (secure ? 443 : 80) : Number(port),
    agent: origin.agent,
    // Stated with each request, so that no environment variable and no flag can weaken them.
    ...(secure && { rejectUnauthorized: true, minVersion: 'TLSv1.2' as const }),
  };
  const open = secure ? https.request : http.request;
  return async (config): Promise<AxiosResponse<ExchangeAnswer>> => {
    const exchange: unknown = Reflect.get(config, 'exchange');
    if (!(exchange instanceof Exchange)) throw new TypeError('Only the GatewayClient may send.');
    const answer = await attempt(exchange.open(), open, target);
    return { data: answer, status: answer.status, statusText: '', headers: {}, config };
  };
}

function attempt(
  request: ExchangeRequest,
  open: typeof http.request,
  target: http.RequestOptions,
): Promise<ExchangeAnswer> {
  const { method, path, headers, body, timeoutMs, signal } = request;
  // An abort that came before the listener below would never be heard.
  if (signal?.aborted === true) return Promise.reject(new TransportFailure('aborted', true));
  return new Promise((resolve, reject) => {
    // A request is on the wire as soon as its socket is connected; before that it provably is not.
    let connected = false;
    let answering = false;
    const outgoing = open({ ...target, method, path, headers });
    const upload = body instanceof Blob ? new Upload(body, outgoing) : undefined;
    const end = (settle: () => void): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
      upload?.stop();
      settle();
    };
    const fail = (failure: TransportFailure): void => {
      end(() => reject(failure));
      outgoing.destroy();
    };
    // An answer that begins before the whole file was sent outranks the pipe that breaks behind it.
    const isEarly = (): boolean => answering && upload !== undefined && !outgoing.writableFinished;
    const abort = (): void => fail(new TransportFailure('aborted', !connected));
    const timer = setTimeout(() => fail(new TransportFailure('timeout', !connected)), timeoutMs);
    signal?.addEventListener('abort', abort, { once: true });

    const answered = (answer: ExchangeAnswer): void => {
      end(() => resolve(answer));
      // The rest of the file would go before the next request of this connection.
      if (isEarly()) outgoing.destroy();
    };

    outgoing.once('socket', (socket) => {
      const ready = 'encrypted' in socket ? 'secureConnect' : 'connect';
      if (outgoing.reusedSocket || !(socket.connecting || isHandshaking(socket as TLSSocket))) {
        connected = true;
      } else {
        socket.once(ready, () => {
          connected = true;
        });
      }
    });
    outgoing.on('error', (thrown) => {
      if (isEarly()) return;
      end(() => reject(new TransportFailure('connection', provesUnsent(thrown), thrown)));
    });
    // Without a listener node closes the socket and says nothing to anyone.
    outgoing.once('upgrade', (_, socket) => {
      socket.destroy();
      fail(new TransportFailure('connection', false));
    });
    outgoing.once('response', (incoming) => {
      answering = true;
      collect(incoming).then(answered, (failure: TransportFailure) => {
        if (isEarly() && isRefusal(incoming)) answered(answerOf(incoming, Buffer.alloc(0)));
        else fail(failure);
      });
    });
    if (upload === undefined) outgoing.end(body);
    else upload.send().catch((failure: TransportFailure) => isEarly() || fail(failure));
  });
}

/** A TLS socket that has a connection but no agreed cipher yet. */
function isHandshaking(socket: TLSSocket): boolean {
  return 'encrypted' in socket && socket.getProtocol?.() === null;
}

/** Reads the body up to the limit. A body that ends early is a failure, not a short body. */
function collect(incoming: IncomingMessage): Promise<ExchangeAnswer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length;
      chunks.push(chunk);
      if (size > MAX_ANSWER_BYTES) {
        incoming.destroy();
        reject(new TransportFailure('too_large', false));
      }
    });
    incoming.once('error', (thrown) => reject(new TransportFailure('connection', false, thrown)));
    incoming.once('end', () => {
      const [only] = chunks;
      const body = only !== undefined && chunks.length === 1 ? only : Buffer.concat(chunks);
      resolve(answerOf(incoming, body));
    });
  });
}

function answerOf({ statusCode = 0, headers }: IncomingMessage, body: Buffer): ExchangeAnswer {
  return { status: statusCode, retryAfter: headers['retry-after'], body };
}

/** Refused, whatever it says in words. */
function isRefusal({ statusCode = 0 }: IncomingMessage): boolean {
  return statusCode >= 400 && statusCode < 500;
}
