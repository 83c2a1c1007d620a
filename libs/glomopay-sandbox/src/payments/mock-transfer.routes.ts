import type { FastifyInstance } from 'fastify';
import { jsonFields, jsonOrNoFields } from '../http/request-body.js';
import { releaseFunds } from './funds.js';
import { readTransfer } from './read-transfer.js';
import { transferred } from './mock-transfer.js';
import type { TransferContext } from './mock-transfer.js';

/** What banks do about a transfer, played. */
export function transferCalls(api: FastifyInstance, path: string, context: TransferContext): void {
  api.post(`${path}/mock`, (request, reply) => {
    const { payment } = transferred(readTransfer(jsonFields(request)), context);
    reply.code(201);
    return payment;
  });

  api.patch<{ Params: { id: string } }>(`${path}/:id/mock-funds-available`, (request) => {
    const record = context.payments.find(request.params.id);
    jsonOrNoFields(request).finish();
    return {
      data: releaseFunds(record, context).payment,
      message: 'Payment funds available status updated successfully',
    };
  });
}
