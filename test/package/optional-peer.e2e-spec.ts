import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { packLibrary, type PackedLibrary } from './packed-library.js';

/** What each module format calls things. */
const formats = {
  module: {
    load: (names: string, from: string) => `import { ${names} } from '${from}';`,
    wait: (body: string) => body,
  },
  commonjs: {
    load: (names: string, from: string) => `const { ${names} } = require('${from}');`,
    wait: (body: string) => `(async () => {${body}})();`,
  },
} as const;
type Format = keyof typeof formats;

/** Makes this process one in which OpenTelemetry is not installed. */
const WITHOUT = `register('data:text/javascript,' + encodeURIComponent(\`
  export async function resolve(specifier, context, next) {
    if (!specifier.startsWith('@opentelemetry/')) return next(specifier, context);
    throw Object.assign(new Error('Cannot find package'), { code: 'ERR_MODULE_NOT_FOUND' });
  }
\`));`;

/** A host that makes one call, and says who listens and which spans there are. */
function host(format: Format, prepare: string, meanwhile = ''): string {
  const { load, wait } = formats[format];
  return `
    ${load('createServer', 'node:http')}
    ${load('register', 'node:module')}
    ${load('channel, tracingChannel', 'node:diagnostics_channel')}
    ${load('NestFactory', '@nestjs/core')}
    ${load('GlomopayModule, OrdersService', 'nestjs-glomopay')}
    ${wait(`
      const spans = [];
      ${prepare}
      const order = { id: 'order_1', customer_id: 'cust_1', status: 'active', amount: 1, currency: 'USD' };
      const gateway = createServer((_, response) => response.end(JSON.stringify(order)));
      await new Promise((resolve) => gateway.listen(0, '127.0.0.1', resolve));
      gateway.unref();
      const baseUrl = 'http://127.0.0.1:' + gateway.address().port;
      const app = await NestFactory.createApplicationContext(
        GlomopayModule.forRoot({
          secretKey: 'secret-alpha-1f0c2e',
          baseUrl,
        }),
        { logger: ['error', 'warn'] },
      );
      const listening = () => [
        tracingChannel('nestjs-glomopay:call').hasSubscribers,
        ...['callback', 'webhook', 'event', 'outcome'].map(
          (name) => channel('nestjs-glomopay:' + name).hasSubscribers,
        ),
      ].filter(Boolean).length;
      const whileOpen = listening();
      ${meanwhile}
      const { id } = await app.get(OrdersService).get('order_1');
      await app.close();
      console.log(JSON.stringify({ id, spans, listening: whileOpen, afterwards: listening() }));
    `)}
  `;
}

/** A tracer of the host that keeps the names of the spans. */
const WITH = `
  const { trace } = await import('@opentelemetry/api');
  trace.setGlobalTracerProvider({
    getTracer: () => ({
      startSpan: (name) => {
        spans.push(name);
        return trace.wrapSpanContext({ traceId: '1'.repeat(32), spanId: '1'.repeat(16), traceFlags: 1 });
      },
    }),
  });`;

describe('The packed library', () => {
  const both = ['module', 'commonjs'] as const;
  let packed: PackedLibrary;
  beforeAll(async () => {
    packed = await packLibrary();
  }, 120_000);
  afterAll(() => packed.remove());

  it.each(both)(
    'makes spans in a %s host, and lets go of OpenTelemetry at the end',
    async (format) => {
      expect(JSON.parse(await packed.node(host(format, WITH), format))).toEqual({
        id: 'order_1',
        spans: ['GET /api/v1/orders/{id}'],
        listening: 5,
        afterwards: 0,
      });
    },
  );

  it.each(both)(
    'boots in silence in a %s host without OpenTelemetry, and publishes nothing',
    async (format) => {
      expect(JSON.parse(await packed.node(host(format, WITHOUT), format))).toEqual({
        id: 'order_1',
        spans: [],
        listening: 0,
        afterwards: 0,
      });
    },
  );

  it('makes one span of a call where both builds are in one process', async () => {
    const second = `
      const { createRequire } = await import('node:module');
      const other = createRequire(process.cwd() + '/host.js')('nestjs-glomopay');
      const beside = await NestFactory.createApplicationContext(
        other.GlomopayModule.forRoot({ secretKey: 'secret-beta', baseUrl }),
        { logger: ['error', 'warn'] },
      );
      await beside.get(other.OrdersService).get('order_1');
      await beside.close();`;
    expect(JSON.parse(await packed.node(host('module', WITH, second)))).toEqual({
      id: 'order_1',
      spans: ['GET /api/v1/orders/{id}', 'GET /api/v1/orders/{id}'],
      listening: 5,
      afterwards: 0,
    });
  });
});
