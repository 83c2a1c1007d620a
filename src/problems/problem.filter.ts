import {
  type ArgumentsHost,
  Catch,
  type ExceptionFilter,
  HttpException,
  Inject,
  Injectable,
  Logger,
} from '@nestjs/common';
import { pathOf, type ShopRequest, type ShopResponse } from '../http/shop-request.js';
import { PageRenderer } from '../storefront/page-renderer.js';
import { problemPage } from '../storefront/pages/problem.page.js';
import { answerProblem, fixedProblem } from './problem-answer.js';
import { ShopProblem } from './shop-problem.js';

/**
 * Answers every exception with a text of ours, as a page or as JSON. The text of an exception is
 * neither sent nor logged: parsers, validators and clients put what they were given into it.
 */
@Catch()
@Injectable()
export class ProblemFilter implements ExceptionFilter {
  readonly #renderer: PageRenderer;
  readonly #logger = new Logger(ProblemFilter.name);

  constructor(@Inject(PageRenderer) renderer: PageRenderer) {
    this.#renderer = renderer;
  }

  catch(exception: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<ShopRequest>();
    const response = http.getResponse<ShopResponse>();
    const status = exception instanceof HttpException ? exception.getStatus() : 500;
    if (status >= 500 && !(exception instanceof ShopProblem)) {
      this.#logger.error(`${request.method} failed unexpectedly`, traceOf(exception));
    }
    if (response.headersSent) {
      response.end();
      return;
    }
    if (wantsPage(request) && !(exception instanceof ShopProblem)) {
      const { title, text } = fixedProblem(status);
      response.statusCode = status;
      response.end(this.#renderer.render(response, problemPage(title, text)));
      return;
    }
    answerProblem(response, status, exception instanceof ShopProblem ? exception : undefined);
  }
}

function wantsPage(request: ShopRequest): boolean {
  return (
    (request.method === 'GET' || request.method === 'HEAD') &&
    (request.headers.accept ?? '').includes('text/html') &&
    !pathOf(request).endsWith('/events')
  );
}

/** Where it happened, without the message. */
function traceOf(exception: unknown): string {
  if (!(exception instanceof Error)) {
    return typeof exception;
  }
  const frames = (exception.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [exception.name, ...frames].join('\n');
}
