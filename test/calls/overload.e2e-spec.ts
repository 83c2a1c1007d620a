import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Test, type TestingModule } from '@nestjs/testing';
import { GlomopayModule, OrdersService } from 'nestjs-glomopay';

describe('a gateway that is down', () => {
  let requests = 0;
  let status = 503;
  let gateway: Server;
  beforeEach(async () => {
    requests = 0;
    gateway = createServer((_, answer) => {
      requests += 1;
      answer.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
    await new Promise<void>((resolve) => gateway.listen(0, '127.0.0.1', resolve));
  });
  afterEach(async () => {
    gateway.closeAllConnections();
    await new Promise((resolve) => gateway.close(resolve));
  });

  async function library(rateLimit?: number): Promise<TestingModule> {
    const { port } = gateway.address() as AddressInfo;
    return Test.createTestingModule({
      imports: [
        GlomopayModule.forRoot({
          secretKey: 'a-secret-key-of-a-test',
          baseUrl: `http://127.0.0.1:${port}`,
          retry: { baseDelayMs: 1, maxDelayMs: 5 },
          rateLimit,
        }),
      ],
    }).compile();
  }

  it('is not asked more than one and a half times a call by 200 callers', async () => {
    status = 503;
    const app = await library();
    const orders = app.get(OrdersService);
    const answers = await Promise.allSettled(
      Array.from({ length: 200 }, () => orders.get('order_68c00b7btsthf')),
    );
    expect(answers.every(({ status: outcome }) => outcome === 'rejected')).toBe(true);
    expect(requests).toBeGreaterThanOrEqual(200);
    expect(requests).toBeLessThanOrEqual(300);
    await app.close();
  });

  it('gets no more than the rate limit allows; the rest is told that nothing was sent', async () => {
    status = 404;
    const app = await library(10);
    const orders = app.get(OrdersService);
    const answers = await Promise.allSettled(
      Array.from({ length: 5 }, () => orders.get('order_68c00b7btsthf', { deadlineMs: 5_000 })),
    );
    const reasons = answers.map((answer) =>
      answer.status === 'rejected' ? answer.reason : undefined,
    );
    expect(requests).toBe(1);
    expect(reasons.filter((reason) => reason.code === 'GLOMOPAY_UNREACHABLE')).toHaveLength(4);
    expect(reasons.find((reason) => reason.code === 'GLOMOPAY_UNREACHABLE')).toMatchObject({
      outcome: 'not_sent',
      reason: 'rate_limit',
    });
    await app.close();
  });
});
