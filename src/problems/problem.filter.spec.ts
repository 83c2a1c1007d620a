import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { BadRequestException, Logger } from '@nestjs/common';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';
import { CapturedLog } from '../../test/support/captured-log.js';
import { GatewayAccount } from '../local-gateway/gateway-account.js';
import { Assets } from '../storefront/assets.js';
import { PageRenderer } from '../storefront/page-renderer.js';
import { ProblemFilter } from './problem.filter.js';
import { ShopProblem } from './shop-problem.js';

const CARD = '4532442222222222';

describe('ProblemFilter', () => {
  let log: CapturedLog;

  beforeEach(() => {
    log = new CapturedLog();
    Logger.overrideLogger(log);
  });

  afterEach(() => {
    Logger.overrideLogger(false);
  });

  it.each([
    ['a parser error', new BadRequestException(`Unexpected token in "${CARD}"`)],
    ['an error nobody expected', new TypeError(`cannot read ${CARD}`)],
    ['an error with a body', Object.assign(new Error('parse'), { body: `{"number":"${CARD}"}` })],
    ['a text', CARD],
  ])('neither sends nor logs what %s says', (_, exception) => {
    for (const accept of ['text/html', 'application/json']) {
      expect(answerTo(exception, accept).text).not.toContain(CARD);
    }
    expect(log.text).not.toContain(CARD);
  });

  it('logs where an unexpected error happened', () => {
    expect(answerTo(new TypeError('secret'), 'application/json').status).toBe(500);
    expect(log.text).toContain('TypeError');
    expect(log.text).toContain('problem.filter.spec');
    expect(log.text).not.toContain('secret');
  });

  it('sends the problems of the shop as they are', () => {
    const problem = ShopProblem.withMessage(429, 'Please wait.', 12);
    expect(answerTo(problem, 'text/html')).toEqual({
      status: 429,
      text: '{"errors":[{"field":"form","message":"Please wait."}]}',
    });
  });
});

function answerTo(exception: unknown, accept: string): { status: number; text: string } {
  const request = Object.assign(new IncomingMessage(new Socket()), {
    method: 'GET',
    originalUrl: '/',
    headers: { accept },
  });
  const response = new ServerResponse(request);
  const sent: string[] = [];
  response.end = (text?: unknown) => {
    sent.push(String(text));
    return response;
  };
  const account = new GatewayAccount({
    id: 'test',
    mode: 'sandbox',
    isLocal: true,
    moduleOptions: { secretKey: 'head.body.tail' },
  });
  const filter = new ProblemFilter(new PageRenderer(new Assets(), account));
  filter.catch(exception, new ExecutionContextHost([request, response]));
  return { status: response.statusCode, text: sent.join('') };
}
