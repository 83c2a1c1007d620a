import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { pause } from '../gateway/clock.js';
import { GatewayError } from '../gateway/gateway-error.js';
import { tooManyRequests } from '../gateway/rate-limit.js';
import type { Fault } from './fault.js';
import type { FaultQueue } from './fault-queue.js';

/** Makes queued faults happen: some before a request is processed, some to its answer. */
export function injectFaults(app: FastifyInstance, queue: FaultQueue, stopping: AbortSignal): void {
  const taken = new WeakMap<FastifyRequest, Fault>();

  app.addHook('onRequest', async (request, reply) => {
    const [path = ''] = request.url.split('?');
    if (path.startsWith('/_sandbox')) return undefined;
    const fault = queue.take(request.method, path);
    if (!fault) return undefined;
    taken.set(request, fault);
    return beforeProcessing(fault, reply, stopping);
  });

  app.addHook('onSend', async (request, _reply, payload) => {
    const fault = taken.get(request);
    return fault ? afterCommit(fault, request, payload, stopping) : payload;
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
    case 'rate-limit':
      if (fault.retryAfter !== undefined) reply.header('retry-after', fault.retryAfter);
      throw tooManyRequests();
    case 'server-error':
      throw new GatewayError(fault.status, { message: 'Something went wrong' });
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
  stopping: AbortSignal,
): Promise<unknown> {
  switch (fault.name) {
    case 'latency-after-commit':
      await pause(fault.latencyMs, stopping);
      return payload;
    case 'drop-after-commit':
      request.raw.socket.destroy();
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
