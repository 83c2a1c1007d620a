import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  Controller,
  ForbiddenException,
  Get,
  Header,
  NotFoundException,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import {
  CallbackRedirectFilter,
  CallbackSignatureGuard,
  type GlomopayCallback,
  VerifiedCallback,
} from 'nestjs-glomopay';
import { platforms } from '../support/nest-host.js';
import { type Host, QUERY, startHost } from './callback-host.js';

@Controller()
@UseFilters(new CallbackRedirectFilter('/payment/error?from=callback'))
class RedirectingController {
  @Get('callback')
  @UseGuards(CallbackSignatureGuard)
  finish(@VerifiedCallback() callback: GlomopayCallback) {
    if (callback.error === 'forbidden') throw new ForbiddenException('not yours');
    if (callback.error === 'broken') throw new RangeError('a fault of the host');
    return callback;
  }

  @Get('absent')
  absent() {
    throw new NotFoundException('not here');
  }

  @Get('elsewhere')
  @UseFilters(new CallbackRedirectFilter('https://shop.example/fehler-ä'))
  @UseGuards(CallbackSignatureGuard)
  @Header('cache-control', 'public')
  elsewhere() {
    return '';
  }
}

describe.each(platforms)('CallbackRedirectFilter on %s', (platform) => {
  let host: Host;
  beforeAll(async () => {
    host = await startHost(platform, { controllers: [RedirectingController] });
  });
  afterAll(() => host.close());

  it.each([
    ['a malformed callback', `/callback?${QUERY}0`],
    ['a forged callback', `/callback?${QUERY.replace('success', 'failed')}`],
    ['an empty query', '/callback'],
    [
      'a target in the query',
      `/callback?location=https://evil.example&error=%0d%0alocation:%20//evil`,
    ],
    ['a Host to build on', `http://evil.example/callback?${QUERY}0`],
  ])('sends the browser of %s to its page, and nothing along', async (_, path) => {
    const { status, headers, body } = await host.get(path);
    expect({ status, body, location: headers.location }).toEqual({
      status: 303,
      body: '',
      location: '/payment/error?from=callback',
    });
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(JSON.stringify(headers)).not.toMatch(/evil|order_|payt_|1a76/);
  });

  it('answers HEAD alike', async () => {
    const { status, headers } = await host.get(`/callback?${QUERY}0`, 'HEAD');
    expect([status, headers.location]).toEqual([303, '/payment/error?from=callback']);
  });

  it('writes a target outside ASCII as a header can hold it', async () => {
    const { status, headers } = await host.get('/elsewhere');
    expect([status, headers.location]).toEqual([303, 'https://shop.example/fehler-%C3%A4']);
    expect(headers['cache-control']).toBe('no-store');
  });

  it.each([
    ['/absent', 404, 'not here'],
    [`/callback?${QUERY}&error=forbidden`, 403, 'not yours'],
    [`/callback?${QUERY}&error=broken`, 500, 'Internal server error'],
  ])('leaves other exceptions alone: %s', async (path, status, message) => {
    const answer = await host.get(path);
    expect([answer.status, JSON.parse(answer.body)]).toEqual([
      status,
      expect.objectContaining({ message }),
    ]);
  });

  it('leaves a genuine callback to its handler', async () => {
    expect((await host.get(`/callback?${QUERY}`)).status).toBe(200);
  });
});
