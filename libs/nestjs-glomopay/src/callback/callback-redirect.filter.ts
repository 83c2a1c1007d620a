import { type ArgumentsHost, Catch, type ExceptionFilter, HttpStatus } from '@nestjs/common';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { safeUrl } from '../values/urls.js';
import { Named } from '../errors/named.decorator.js';
import { type FastifyReply, type NodeResponse, sendAnswer } from '../edge/send-answer.js';
import { GlomopayCallbackRejectedException } from './callback-rejected.exception.js';

/**
 * Sends the browser of a refused callback to a page instead of showing it JSON: 303 to one fixed
 * place. No part of the request reaches the address.
 *
 * @example
 * @UseFilters(new CallbackRedirectFilter('/payment/error'))
 */
@Catch(GlomopayCallbackRejectedException)
@Named('CallbackRedirectFilter')
export class CallbackRedirectFilter implements ExceptionFilter<GlomopayCallbackRejectedException> {
  readonly #headers: Readonly<Record<string, string>>;

  /** @throws {GlomopayConfigurationError} neither a path of this host nor an absolute https URL. */
  constructor(target: string) {
    // A URL as the parser writes it, because a header holds ASCII only.
    const location = isPath(target) ? target : safeUrl(target)?.href;
    if (location === undefined) {
      throw new GlomopayConfigurationError([
        'the target of CallbackRedirectFilter must be a percent-encoded path that starts with one slash, or an https URL',
      ]);
    }
    this.#headers = {
      location,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    };
  }

  catch(_: GlomopayCallbackRejectedException, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<NodeResponse | FastifyReply>();
    sendAnswer(response, { status: HttpStatus.SEE_OTHER, headers: this.#headers });
  }
}

/** A path of this host in visible ASCII; `//host` and `/\\host` lead elsewhere. */
function isPath(target: unknown): boolean {
  return typeof target === 'string' && /^\/(?!\/)[!-[\]-~]*$/.test(target);
}
