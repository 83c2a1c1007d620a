import type { FastifyError, FastifyInstance, FastifyReply } from 'fastify';
import { GatewayError } from './gateway-error.js';
import type { ErrorBody } from './gateway-error.js';

/**
 * Answers every failure in the gateway's shape.
 *
 * Framework messages are replaced: some quote the request, which may hold a card number.
 */
export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler<FastifyError>((error, _request, reply) => {
    if (error instanceof GatewayError) return answer(reply, error.status, error.body);
    return answer(reply, ...frameworkFailure(error));
  });
  // INFERRED text: how the gateway answers an unknown route is not documented.
  app.setNotFoundHandler((_request, reply) =>
    answer(reply, 404, { error: 'Not Found', message: 'Route not found' }),
  );
}

/** For URLs that the router cannot even decode; its own message would quote them. */
export function answerFrameworkError(reply: FastifyReply): void {
  void answer(reply, 400, { error: 'Bad Request', message: 'Invalid request URL' });
}

function answer(reply: FastifyReply, status: number, body: ErrorBody): FastifyReply {
  return reply.code(status).header('content-type', 'application/json; charset=utf-8').send(body);
}

// INFERRED texts: the gateway's own are not documented for these statuses.
function frameworkFailure(error: FastifyError): [number, ErrorBody] {
  switch (error.statusCode) {
    case 413:
      return [413, { error: 'Payload Too Large', message: 'Request body is too large' }];
    case 400:
    case 415:
      return [400, { error: 'Bad Request', message: 'Invalid request' }];
    default:
      return [500, { error: 'Internal Server Error', message: 'Something went wrong' }];
  }
}
