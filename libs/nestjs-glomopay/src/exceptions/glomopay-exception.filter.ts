import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpStatus,
  Injectable,
  Logger,
} from '@nestjs/common';
import type { GlomopayError } from '../errors/glomopay.error.js';
import { Named } from '../errors/named.decorator.js';
import { AnyGlomopayError } from './any-glomopay-error.js';
import { answerFor, type ErrorAnswer } from './answer-for.js';

/** What Express and Fastify have in common is too little; this is what each needs. */
interface ExpressResponse {
  readonly headersSent: boolean;
  writeHead(status: number, headers: Readonly<Record<string, string>>): ExpressResponse;
  end(body?: string): void;
}
interface FastifyReply {
  readonly sent: boolean;
  readonly raw: ExpressResponse;
  code(status: number): FastifyReply;
  headers(headers: Readonly<Record<string, string>>): FastifyReply;
  send(body: string): void;
}

/**
 * Answers the library's errors in a REST host: a fitting status, fixed texts, and a stable JSON body
 * (`GlomopayErrorAnswer`). What the gateway said, and why our key was refused, goes to the log only.
 *
 * Every other exception, Nest's own `HttpException`s among them, goes to the filters it would have
 * gone to without this one.
 *
 * @example
 * @UseFilters(GlomopayExceptionFilter)              // on a controller or a route
 * { provide: APP_FILTER, useClass: GlomopayExceptionFilter }   // or everywhere
 */
@Catch(AnyGlomopayError)
@Injectable()
@Named('GlomopayExceptionFilter')
export class GlomopayExceptionFilter implements ExceptionFilter<GlomopayError> {
  readonly #logger = new Logger('Glomopay');

  catch(error: GlomopayError, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw error;
    const answer = answerFor(error);
    // The messages of the library's errors are made for logs: scrubbed, without values.
    if (answer.body.statusCode >= Number(HttpStatus.INTERNAL_SERVER_ERROR)) {
      this.#logger.error(`${error.code}: ${error.message}`, error.stack);
    }
    send(host.switchToHttp().getResponse<ExpressResponse | FastifyReply>(), answer);
  }
}

function send(response: ExpressResponse | FastifyReply, answer: ErrorAnswer): void {
  const { body, retryAfterSeconds } = answer;
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    ...(retryAfterSeconds !== undefined && { 'retry-after': String(retryAfterSeconds) }),
  };
  const text = JSON.stringify(body);
  if ('code' in response) {
    if (response.sent) response.raw.end();
    else response.code(body.statusCode).headers(headers).send(text);
  } else if (response.headersSent) response.end();
  else response.writeHead(body.statusCode, headers).end(text);
}
