import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Controller, type INestApplicationContext, Module } from '@nestjs/common';
import { HttpAdapterHost, NestFactory, repl } from '@nestjs/core';
import {
  ClientProxyFactory,
  MessagePattern,
  type MicroserviceOptions,
  Transport,
} from '@nestjs/microservices';
import { Test } from '@nestjs/testing';
import {
  GlomopayModule,
  GlomopayTrackingModule,
  MemoryTrackingStore,
  WebhookInbox,
} from 'nestjs-glomopay';
import { firstValueFrom } from 'rxjs';
import { CapturedLog } from '../support/captured-log.js';
import { adapterOf, platforms } from '../support/nest-host.js';
import { ROUTE, SECRET, signed } from './inbox-host.js';

@Controller()
class Ping {
  @MessagePattern('ping')
  ping(): string {
    return 'pong';
  }
}

/** The module that the web application, its workers, its CLI and its REPL share. */
function sharedModule() {
  class AppModule {}
  Module({
    controllers: [Ping],
    imports: [
      GlomopayModule.forRoot({ secretKey: 'a-secret-key', webhookSecret: SECRET }),
      GlomopayTrackingModule.forRoot({
        store: new MemoryTrackingStore(),
        webhooks: { path: ROUTE, decorators: [] },
        // The REPL gives no handle to close its application by, so it keeps no timer.
        sweep: { everyMs: 0 },
        inbox: { pollEveryMs: 0 },
      }),
    ],
  })(AppModule);
  return AppModule;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function overTcp(): Promise<MicroserviceOptions & { options: { port: number } }> {
  return { transport: Transport.TCP, options: { host: '127.0.0.1', port: await freePort() } };
}

async function pong(options: { options: { port: number } }): Promise<unknown> {
  const client = ClientProxyFactory.create({
    transport: Transport.TCP,
    options: { host: '127.0.0.1', port: options.options.port },
  });
  try {
    return await firstValueFrom(client.send('ping', ''));
  } finally {
    client.close();
  }
}

const body = Buffer.from('{"entity_type":"payment","event_type":"success","data":{}}');
const { 'x-glomopay-signature': signature = '' } = signed(body);

describe('A module with a webhook route', () => {
  const log = new CapturedLog();
  const options = { logger: log, abortOnError: false };
  let app: INestApplicationContext | undefined;
  afterEach(async () => {
    await app?.close();
    app = undefined;
    log.lines.length = 0;
  });
  const said = () => log.lines.filter((line) => line.includes(`route ${ROUTE} is not mounted`));

  it('boots as an application context, without a route, and says so in one line', async () => {
    app = await NestFactory.createApplicationContext(sharedModule(), options);
    expect(said()).toHaveLength(1);
    const { duplicate } = await app.get(WebhookInbox).receive(body, signature);
    expect(duplicate).toBe(false);
  });

  it('boots as a microservice that answers its messages', async () => {
    const tcp = await overTcp();
    const service = await NestFactory.createMicroservice<MicroserviceOptions>(sharedModule(), {
      ...options,
      ...tcp,
    });
    app = service;
    await service.listen();
    expect(await pong(tcp)).toBe('pong');
    expect(said()).toHaveLength(1);
  });

  it('boots in the REPL, where its services can be had', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    let shown = '';
    output.on('data', (chunk: Buffer) => (shown += chunk.toString()));
    const server = await repl(sharedModule(), { input, output, terminal: false });
    input.write('typeof get\n');
    while (!shown.includes("'function'")) await new Promise((next) => setTimeout(next, 10));
    server.close();
    expect(shown).toContain("'function'");
  });

  it('boots in a testing module that never gets a server', async () => {
    const module = await Test.createTestingModule({ imports: [sharedModule()] })
      .setLogger(log)
      .compile();
    app = await module.init();
    expect(said()).toHaveLength(1);
  });

  it('boots in a testing module that becomes a microservice', async () => {
    const tcp = await overTcp();
    const module = await Test.createTestingModule({ imports: [sharedModule()] })
      .setLogger(log)
      .compile();
    const service = module.createNestMicroservice<MicroserviceOptions>(tcp);
    app = service;
    await service.listen();
    expect(await pong(tcp)).toBe('pong');
    expect(said()).toHaveLength(1);
  });

  it.each([undefined, null, { getType: () => '' }])(
    'boots where Nest has %p for a server',
    async (httpAdapter) => {
      const module = await Test.createTestingModule({ imports: [sharedModule()] })
        .overrideProvider(HttpAdapterHost)
        .useValue({ httpAdapter })
        .setLogger(log)
        .compile();
      app = await module.init();
      expect(said()).toHaveLength(1);
    },
  );

  it.each(platforms)('has its route in a hybrid application on %s', async (platform) => {
    const adapter = adapterOf(platform);
    const hybrid = await NestFactory.create(sharedModule(), adapter, options);
    app = hybrid;
    const tcp = await overTcp();
    hybrid.connectMicroservice<MicroserviceOptions>(tcp, { inheritAppConfig: true });
    await hybrid.startAllMicroservices();
    await hybrid.listen(0, '127.0.0.1');
    const headers = { 'x-glomopay-signature': signature };
    const url = `${await hybrid.getUrl()}${ROUTE}`;
    expect((await fetch(url, { method: 'POST', body, headers })).status).toBe(200);
    expect(await pong(tcp)).toBe('pong');
    expect(said()).toEqual([]);
  });

  it('refuses a server that is neither Express nor Fastify', async () => {
    const httpAdapter = { getType: () => 'another' };
    await expect(
      Test.createTestingModule({ imports: [sharedModule()] })
        .overrideProvider(HttpAdapterHost)
        .useValue({ httpAdapter })
        .setLogger(log)
        .compile(),
    ).rejects.toMatchObject({ code: 'GLOMOPAY_CONFIGURATION' });
  });
});
