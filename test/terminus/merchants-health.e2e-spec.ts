import { describe, expect, it } from '@jest/globals';
import { Controller, Get, Inject, Param } from '@nestjs/common';
import { HealthCheckService, TerminusModule } from '@nestjs/terminus';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { GlomopayAccounts, GlomopayMerchantsModule, MemoryTrackingStore } from 'nestjs-glomopay';
import { GlomopayHealthIndicator } from 'nestjs-glomopay/terminus';
import { Merchants, optionsOf } from '../accounts/merchant-shop.js';
import { startNestHost } from '../support/nest-host.js';
import { cleanUp } from '../support/library/clean-up.js';
import { until } from '../support/until.js';

@Controller()
class HealthController {
  constructor(
    @Inject(HealthCheckService) private readonly health: HealthCheckService,
    @Inject(GlomopayHealthIndicator) private readonly glomopay: GlomopayHealthIndicator,
  ) {}

  @Get('health')
  all() {
    return this.health.check([() => this.glomopay.areMerchantsKnown('merchants')]);
  }

  @Get('health/:name')
  one(@Param('name') name: string) {
    return this.health.check([() => this.glomopay.isHealthy('glomopay', { name })]);
  }
}

describe('The health of merchants made at run time', () => {
  const opened = cleanUp();

  it('is that of one who is asked for, and of work that nobody knows; no other is made', async () => {
    const sandbox = opened(await GlomopaySandbox.start());
    const merchants = new Merchants();
    for (let n = 0; n < 100; n += 1) merchants.rows.set(`shop-${n}`, optionsOf(sandbox));
    const store = new MemoryTrackingStore();
    const host = opened(
      await startNestHost('express', {
        imports: [
          GlomopayMerchantsModule.forRoot({
            source: merchants,
            tracking: { store, inbox: { pollEveryMs: 20 }, sweep: { everyMs: 0 } },
          }),
          TerminusModule,
        ],
        controllers: [HealthController],
        providers: [GlomopayHealthIndicator],
      }),
    );
    const probe = async (path: string) => {
      const answer = await fetch(`http://127.0.0.1:${host.port}${path}`);
      const { details } = (await answer.json()) as { details?: Record<string, object> };
      return [answer.status, details] as const;
    };
    const known = { status: 'up', open: 0, orphaned: 0 };
    expect(await probe('/health')).toEqual([200, { merchants: known }]);
    const [status, details] = await probe('/health/shop-7');
    expect([status, details?.['glomopay']]).toEqual([
      200,
      expect.objectContaining({
        status: 'up',
        keyAccepted: true,
        inbox: { open: 0, failed: 0, oldestOpenMs: null },
      }),
    ]);
    expect((await probe('/health/nobody'))[0]).toBe(500);
    expect(merchants.asked).toEqual(['shop-7', 'nobody']);

    const body = Buffer.from('{}');
    await store.inbox.insert({ account: 'gone', id: 'a'.repeat(64), body });
    await until(() => host.app.get(GlomopayAccounts).orphanedNames().length === 1);
    const orphaned = { status: 'down', open: 1, orphaned: 1 };
    expect(await probe('/health')).toEqual([503, { merchants: orphaned }]);
  });
});
