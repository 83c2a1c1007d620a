import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpStatus,
  Injectable,
  Logger,
} from '@nestjs/common';
import { type FastifyReply, type NodeResponse, sendAnswer } from '../edge/send-answer.js';
import type { AnyGlomopayError } from '../errors/any-glomopay.error.js';
import { Named } from '../errors/named.decorator.js';
import { answerFor, type ErrorAnswer } from './answer-for.js';
import { CatchGlomopayError } from './catch-glomopay-error.js';
import { asGraphqlError, asRpcError, tellClient } from './answers-elsewhere.js';

/**
 * Answers the library's errors: a fitting status, fixed texts, and a stable body
 * (`GlomopayErrorAnswer`). What the gateway said, and why our key was refused, goes to the log only.
 *
 * - Over HTTP the body is the JSON of the answer.
 * - A caller of a microservice gets it as its error, with `status: 'error'` as Nest's own have it.
 * - A client of GraphQL finds it in `extensions`, its `code` included.
 * - A client of a WebSocket gets it as the event `exception`.
 *
 * Every other exception, Nest's own `HttpException`s among them, goes to the filters it would have
 * gone to without this one.
 *
 * @example
 * @UseFilters(GlomopayExceptionFilter)              // on a controller or a route
 * { provide: APP_FILTER, useClass: GlomopayExceptionFilter }   // or everywhere
 */
@Catch(CatchGlomopayError)
@Injectable()
@Named('GlomopayExceptionFilter')
export class GlomopayExceptionFilter implements ExceptionFilter<AnyGlomopayError> {
  readonly #logger = new Logger('Glomopay');

  /** @throws the answer, where a framework takes it so (GraphQL); the error itself, where nothing is known of the context. */
  catch(error: AnyGlomopayError, host: ArgumentsHost): unknown {
    const answer = answerFor(error);
    // The messages of the library's errors are made for logs: scrubbed, without values.
    if (answer.body.statusCode >= Number(HttpStatus.INTERNAL_SERVER_ERROR)) {
      this.#logger.error(`${error.code}: ${error.message}`, error.stack);
    }
    const type: string = host.getType();
    switch (type) {
      case 'http':
        return send(host.switchToHttp().getResponse<NodeResponse | FastifyReply>(), answer);
      case 'rpc':
        return asRpcError(answer.body);
      case 'ws':
        return tellClient(host.switchToWs().getClient(), answer.body);
      case 'graphql':
        throw asGraphqlError(answer.body);
      default:
        throw error;
    }
  }
}

function send(response: NodeResponse | FastifyReply, answer: ErrorAnswer): void {
  const { body, retryAfterSeconds } = answer;
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
  };
  sendAnswer(response, { status: body.statusCode, headers, body: JSON.stringify(body) });
}
