import type { Socket } from 'node:net';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pause } from '../time/clock.js';
import { GatewayError } from '../http/gateway-error.js';
import { tooManyRequests } from '../http/rate-limit.js';
import type { Fault, FaultName } from './fault.js';
import type { FaultQueue } from './fault-queue.js';

/** What faults need beside the request. */
export interface FaultContext {
  readonly faults: FaultQueue;
  readonly stopping: AbortSignal;
  /** Lets the bank decide on a payment at once and resolves when its webhooks have been sent. */
  readonly completeNow: (paymentId: string) => Promise<void>;
}

const taken = new WeakMap<FastifyRequest, Fault>();

/** Whether a request has this fault, for those that happen within a route. */
export function hasFault(request: FastifyRequest, name: FaultName): boolean {
  return taken.get(request)?.name === name;
}

/** Makes queued faults happen: some before a request is processed, some to its answer. */
export function injectFaults(app: FastifyInstance, context: FaultContext): void {
  app.addHook('onRequest', async (request, reply) => {
    const [path = ''] = request.url.split('?');
    if (path.startsWith('/_sandbox')) return undefined;
    const fault = context.faults.take(request.method, path);
    if (!fault) return undefined;
    taken.set(request, fault);
    return beforeProcessing(fault, reply, context.stopping);
  });

  app.addHook('onSend', async (request, _reply, payload) => {
    const fault = taken.get(request);
    return fault ? afterCommit(fault, request, payload, context) : payload;
  });
}

async function beforeProcessing(
  fault: Fault,
  reply: FastifyReply,
  stopping: AbortSignal,
): Promise<FastifyReply | undefined> {
  switch (fault.name) {
    case 'latency':
      await pause(fault.latencyMs, stopping);
      return undefined;
    case 'timeout':
      // Nobody answers: the connection is over when the client has had enough, or the sandbox stops.
      return reply.hijack();
    case 'rate-limit':
      if (fault.retryAfter !== undefined) reply.header('retry-after', fault.retryAfter);
      throw tooManyRequests();
    case 'server-error':
      throw new GatewayError(fault.status, { message: 'Something went wrong' });
    case 'refund-locked':
      throw new GatewayError(409, { message: 'Refund is being processed' });
    case 'reset-before-processing':
      reply.hijack();
      reply.raw.socket?.resetAndDestroy();
      return reply;
    default:
      return undefined;
  }
}

async function afterCommit(
  fault: Fault,
  request: FastifyRequest,
  payload: unknown,
  { stopping, completeNow }: FaultContext,
): Promise<unknown> {
  switch (fault.name) {
    case 'latency-after-commit':
      await pause(fault.latencyMs, stopping);
      return payload;
    case 'timeout-after-commit':
      await closed(request.raw.socket);
      return payload;
    case 'drop-after-commit':
      request.raw.socket.destroy();
      return payload;
    case 'webhook-before-answer':
      await completeNow(createdPaymentId(payload));
      return payload;
    case 'truncated-json':
      // Fastify counts the length of what is left, so only the JSON is broken, not the HTTP.
      return typeof payload === 'string'
        ? payload.slice(0, Math.ceil(payload.length / 2))
        : payload;
    default:
      return payload;
  }
}

/** Resolves when the client has had enough, or the sandbox stops. */
async function closed(socket: Socket): Promise<void> {
  if (!socket.destroyed) await new Promise((resolve) => socket.once('close', resolve));
}

/** The id in the answer to a new payment; `''` in any other answer. */
function createdPaymentId(payload: unknown): string {
  return typeof payload === 'string' ? (/"payment_id":"(payt_\w+)"/.exec(payload)?.[1] ?? '') : '';
}
