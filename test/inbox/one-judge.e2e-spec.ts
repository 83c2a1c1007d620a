import { channel } from 'node:diagnostics_channel';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type CanActivate,
  Controller,
  Inject,
  Injectable,
  Post,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import {
  GlomopayAccount,
  GlomopayExceptionFilter,
  type GlomopayEvent,
  type GlomopayWebhookMessage,
  VerifiedWebhook,
  WebhookInbox,
  WebhookSignatureGuard,
  WebhookVerifier,
} from 'nestjs-glomopay';
import { platforms } from '../support/nest-host.js';
import { until } from '../support/until.js';
import {
  type InboxHost,
  type InboxHostParts,
  ROUTE,
  signed,
  startInboxHost,
} from './inbox-host.js';

/** A route of the host's own, as docs/webhooks.md has it. */
@Controller()
@UseFilters(GlomopayExceptionFilter)
@UseGuards(WebhookSignatureGuard)
class OwnRoute {
  constructor(@Inject(WebhookInbox) private readonly inbox: WebhookInbox) {}

  @Post('own')
  async receive(@VerifiedWebhook() event: GlomopayEvent) {
    return this.inbox.accept(event);
  }

  @Post('twice')
  async twice(@VerifiedWebhook() event: GlomopayEvent) {
    await this.inbox.accept(event);
    return this.inbox.accept(event);
  }

  @Post('handles')
  handles(@VerifiedWebhook() event: GlomopayEvent) {
    return { type: event.type };
  }

  @Post('nobody')
  @GlomopayAccount(() => 'nobody')
  nobody(): void {}
}

@Injectable()
class Closed implements CanActivate {
  canActivate(): boolean {
    return false;
  }
}

const event = Buffer.from('{"entity_type":"payment","event_type":"success","data":{"id":"x"}}');
const unreadable = Buffer.from('{"entity_type":"payment","event_type":"suc\\u001b[2Jcess"}');
const account = 'default';

describe.each(platforms)('Every way in on %s', (platform) => {
  const told: GlomopayWebhookMessage[] = [];
  const keep = (message: unknown) => void told.push(message as GlomopayWebhookMessage);
  let host: InboxHost | undefined;
  const start = async (parts: InboxHostParts = {}): Promise<InboxHost> => {
    host = await startInboxHost(platform, { controllers: [OwnRoute], rawBody: true, ...parts });
    host.log.lines.length = 0;
    return host;
  };
  const tellings = async (count: number) => {
    await until(() => told.length >= count);
    await new Promise((next) => setTimeout(next, 50));
    return told.splice(0);
  };
  const without = (name: string) => ({ ...signed(event), [name]: [] as string[] });

  beforeEach(() => channel('nestjs-glomopay:webhook').subscribe(keep));
  afterEach(async () => {
    channel('nestjs-glomopay:webhook').unsubscribe(keep);
    await host?.close();
    host = undefined;
    told.length = 0;
  });

  it('answers what is not taken by one table', async () => {
    const { post } = await start();
    const large = Buffer.alloc(1_048_577, 0x20);
    const deliveries = [
      [event, without('x-glomopay-signature')],
      [event, { ...signed(event), 'x-glomopay-signature': '0'.repeat(64) }],
      [large, signed(large)],
    ] as const;
    const texts = [
      'This is not a webhook event',
      'The signature of this webhook event does not hold',
      'A webhook event is at most 1 MiB',
    ];
    for (const [at, [body, headers]] of deliveries.entries()) {
      const answer = await post(body, headers);
      expect([answer.status, JSON.parse(answer.body)]).toEqual([
        [400, 401, 413][at],
        { message: texts[at] },
      ]);
      // The parser of the host has a limit of its own.
      if (body === large) continue;
      const own = await post(body, headers, '/own');
      expect([own.status, JSON.parse(own.body)]).toMatchObject([
        answer.status,
        { statusCode: answer.status, message: texts[at] },
      ]);
    }
  });

  it.each([ROUTE, '/own'])('tells each delivery once, whatever became of it: %s', async (path) => {
    const { database, post } = await start();
    const statuses = [(await post(event, signed(event), path)).status];
    statuses.push((await post(event, signed(event), path)).status);
    const other = Buffer.from(event.toString().replace('"x"', '"y"'));
    database.exec('ALTER TABLE glomopay_events RENAME TO away');
    statuses.push((await post(other, signed(other), path)).status);
    database.exec('ALTER TABLE away RENAME TO glomopay_events');
    statuses.push((await post(event, without('x-glomopay-signature'), path)).status);
    statuses.push((await post(event, signed(event, 'whsec_another'), path)).status);
    expect(statuses).toEqual([200, 200, 503, 400, 401]);
    // The guard reads the event, the ready-made route stores it unread.
    const type = path === ROUTE ? undefined : 'payment.success';
    expect(await tellings(5)).toEqual([
      { account, result: 'accepted', reason: undefined, type },
      { account, result: 'duplicate', reason: undefined, type },
      { account, result: 'not_stored', reason: undefined, type },
      { account, result: 'refused', reason: 'malformed', type: undefined },
      { account, result: 'refused', reason: 'mismatch', type: undefined },
    ]);
  });

  it.each([ROUTE, '/own'])(
    'logs each reason once, and nothing of what was sent: %s',
    async (path) => {
      const { database, log, post } = await start();
      database.exec('ALTER TABLE glomopay_events RENAME TO away');
      for (let count = 0; count < 3; count += 1) {
        await post(event, signed(event), path);
        await post(event, signed(event, 'whsec_another'), path);
        await post(event, without('x-glomopay-signature'), path);
      }
      database.exec('ALTER TABLE away RENAME TO glomopay_events');
      for (const said of ['not stored', 'refused: mismatch', 'refused: malformed']) {
        expect(log.lines.filter((line) => line.includes(`webhook ${said} (1 since`))).toHaveLength(
          1,
        );
      }
      expect(log.text).not.toContain(signed(event)['x-glomopay-signature']);
    },
  );

  it('takes what is signed though it cannot be read, and keeps its bytes, on both ways', async () => {
    const { app, log, post } = await start();
    const inbox = app.get(WebhookInbox);
    const kept = [];
    for (const path of ['/own', ROUTE]) {
      const body = Buffer.concat([unreadable, Buffer.from(path === ROUTE ? ' ' : '')]);
      expect((await post(body, signed(body), path)).status).toBe(200);
      const [newest] = await inbox.list({ limit: 1 });
      kept.push((await inbox.payload(newest?.id ?? ''))?.equals(body));
    }
    expect(kept).toEqual([true, true]);
    await until(async () => (await inbox.list({ state: 'failed' })).length === 2);
    expect(log.text).toContain('webhook taken, but not readable (1 since start)');
    for (const raw of ['\u001b', '[2J', 'u001b']) expect(log.text).not.toContain(raw);
    expect((await tellings(2)).map(({ result, type }) => [result, type])).toEqual([
      ['accepted', undefined],
      ['accepted', undefined],
    ]);
  });

  it('tells a delivery that a route handles by itself, and one that a route hands in twice', async () => {
    const { post } = await start();
    await post(event, signed(event), '/handles');
    const twice = await post(event, signed(event), '/twice');
    expect(JSON.parse(twice.body)).toMatchObject({ duplicate: true });
    expect((await tellings(2)).map(({ result }) => result)).toEqual(['accepted', 'accepted']);
  });

  it('tells an event that was verified without HTTP when it is handed in', async () => {
    const { app } = await start();
    const { 'x-glomopay-signature': signature } = signed(event);
    const verified = app.get(WebhookVerifier).verify(event, signature);
    const inbox = app.get(WebhookInbox);
    expect(await inbox.accept(verified)).toEqual({ id: verified.id, duplicate: false });
    expect(await inbox.receive(event, signature)).toEqual({ id: verified.id, duplicate: true });
    await expect(inbox.receive(event, 'x')).rejects.toMatchObject({ reason: 'mismatch' });
    await expect(inbox.accept({ ...verified })).rejects.toThrow(TypeError);
    expect((await tellings(3)).map(({ result }) => result)).toEqual([
      'accepted',
      'duplicate',
      'refused',
    ]);
  });

  it('tells and logs a delivery that leads to no account', async () => {
    const { log, post } = await start();
    expect((await post(event, signed(event), '/nobody')).status).toBe(400);
    expect(await tellings(1)).toMatchObject([
      { account: '', result: 'refused', reason: 'malformed' },
    ]);
    expect(log.text).toContain('webhook refused: malformed (1 since start)');
  });

  it('tells and logs a body that is too large, and one that does not arrive whole', async () => {
    const { app, log, post } = await start();
    const large = Buffer.alloc(1_048_577, 0x20);
    await post(large, signed(large));
    const { port } = app.getHttpServer().address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write(`POST ${ROUTE} HTTP/1.1\r\nhost: x\r\ncontent-length: 10\r\n`);
    socket.write('content-type: application/json\r\n\r\n{"a"');
    setTimeout(() => socket.destroy(), 100);
    expect((await tellings(2)).map(({ result, reason }) => [result, reason])).toEqual([
      ['refused', 'too_large'],
      ['refused', 'broken'],
    ]);
    expect(log.text).toContain('webhook refused: too_large (1 since start)');
    expect(log.text).toContain('webhook refused: broken (1 since start)');
  });

  it('tells and logs a delivery that a guard of the host keeps out', async () => {
    const { log, post } = await start({
      providers: [{ provide: APP_GUARD, useClass: Closed }],
      tracking: { webhooks: { path: ROUTE, decorators: [] } },
    });
    expect((await post(event, signed(event))).status).toBe(403);
    expect(await tellings(1)).toMatchObject([{ result: 'refused', reason: 'kept_out' }]);
    expect(log.text).toContain('webhook kept out (1 since start)');
  });
});
