import { Module } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import {
  GlomopayMerchantsModule,
  GlomopayModule,
  GlomopayTrackingModule,
  MemoryTrackingStore,
  OrdersService,
  PaymentsService,
  type Payment,
} from 'nestjs-glomopay';
import { runDoctor } from 'nestjs-glomopay/doctor';
import { expectNoSecrets } from 'nestjs-glomopay/testing';
import { NestFactory } from '@nestjs/core';
import { lineOfFinding } from '../../libs/nestjs-glomopay/src/doctor/reconcile-lines.js';
import { parseArguments } from '../../libs/nestjs-glomopay/src/doctor/arguments.js';
import { runReconcile } from '../../libs/nestjs-glomopay/src/doctor/run-reconcile.js';
import { aPaymentOf } from '../tracking/tracked-shop.js';

describe('nestjs-glomopay reconcile', () => {
  it.each([
    [['--from', '2026-01-01'], '--app'],
    [['--app', 'a.js'], '--from'],
    [['--app', 'a.js', '--from', 'yesterday'], '--from'],
    [['--app', 'a.js', '--from', '2026-01-01', '--to', 'now'], '--to'],
    [['--app', 'a.js', '--from', '2026-01-01', '--format', 'xlsx'], '--format'],
    [['--app', 'a.js', '--from', '2026-01-01', '--host', 'http://localhost'], '--host'],
    [['more', '--app', 'a.js', '--from', '2026-01-01'], 'more'],
  ])('refuses %j', async (words, fault) => {
    let printed = '';
    let told = '';
    const code = await runDoctor(
      ['reconcile', ...words],
      (part) => (printed += part),
      (part) => (told += part),
    );
    expect([code, told.split('\n')[0]]).toEqual([2, expect.stringContaining(fault)]);
    expect(printed).toBe('');
  });

  describe('beside a sandbox', () => {
    let sandbox: GlomopaySandbox;
    let order: string;
    let payment: string;
    let App: unknown;

    beforeEach(async () => {
      sandbox = await GlomopaySandbox.start();
      const account = GlomopayModule.forRoot({
        secretKey: sandbox.secretKey,
        baseUrl: sandbox.url,
        callbackUrl: 'https://shop.example/payment/callback',
      });
      class AppModule {}
      Module({
        imports: [
          account,
          GlomopayTrackingModule.forRootAsync({
            useFactory: () => ({ store: new MemoryTrackingStore() }),
          }),
        ],
      })(AppModule);
      App = AppModule;
      // A payment that this application does not remember: its store forgets with its process.
      const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
      const customerId = sandbox.demoCustomerId;
      const made = { customerId, amount: 1_000, currency: 'USD' } as const;
      order = (await app.get(OrdersService).create(made)).id;
      const card = aPaymentOf(order, { requestId: 'own-1' });
      payment = (await app.get(PaymentsService).create(card)).paymentId;
      sandbox.completePayment(payment, 'approve');
      await app.close();
    });

    afterEach(() => sandbox.stop());

    async function reconcile(words: readonly string[], exports: Record<string, unknown>) {
      const command = parseArguments(['reconcile', '--app', 'dist/app.module.js', ...words]);
      if (command.kind !== 'reconcile') throw new Error(JSON.stringify(command));
      let [out, told] = ['', ''];
      const terminal = {
        print: (text: string) => void (out += text),
        note: (text: string) => void (told += text),
      };
      const files: string[] = [];
      const code = await runReconcile(command, terminal, async (file) => {
        files.push(file);
        return exports;
      });
      expectNoSecrets({ out, told }, { number: '4111111111111111', key: sandbox.secretKey });
      expect(files).toEqual(['dist/app.module.js']);
      return { code, out, told };
    }
    const fromLong = ['--from', '2020-01-01'];

    it('says what differs, and ends with 1', async () => {
      const { code, out, told } = await reconcile(fromLong, { AppModule: App });
      expect(code).toBe(1);
      expect(out).toContain(`missing_here   payment     ${payment}`);
      expect(told).toMatch(/^1 compared, 0 equal, 1 differ, 0 of them mended$/m);
    });

    it.each([
      ['json', (line: string) => (JSON.parse(line) as { objectId: string }).objectId],
      ['csv', (line: string) => line.split(',')[2]],
    ])('prints nothing but %s to where it is read', async (format, idOf) => {
      const words = [...fromLong, '--format', format];
      const { out } = await reconcile(words, { default: async () => App });
      const lines = out.split(/\r?\n/).filter((line) => line !== '');
      expect(lines.map(idOf).slice(-1)).toEqual([payment]);
      expect(lines).toHaveLength(format === 'csv' ? 2 : 1);
    });

    it('mends by what the file expects, and ends with 0', async () => {
      const expected = ({ payinId }: Payment) =>
        payinId === order ? { amount: 1_000, currency: 'USD', requestId: 'own-1' } : undefined;
      const words = [...fromLong, '--repair', '--expectation', 'expected'];
      const { code, out } = await reconcile(words, { AppModule: App, expected });
      expect([code, out]).toEqual([0, expect.stringContaining('mended: succeeded')]);
      const without = await reconcile([...fromLong, '--expectation', 'expected'], {
        AppModule: App,
        expected,
      });
      expect(without.code).toBe(1);
    });

    it('ends with 0 where nothing differs', async () => {
      const { code, told } = await reconcile(['--from', '2020-01-01', '--to', '2020-01-02'], {
        AppModule: App,
      });
      expect(code).toBe(0);
      expect(told).toMatch(/^0 compared, 0 equal, 0 differ, 0 of them mended$/m);
    });

    it('compares for a merchant whom only a source knows, with keys of a vault', async () => {
      class Merchants {}
      const { secretKey, url: baseUrl } = sandbox;
      const find = (name: string) =>
        name === 'shop-17' ? { secretKey: async () => secretKey, baseUrl } : undefined;
      const store = new MemoryTrackingStore();
      Module({
        imports: [GlomopayMerchantsModule.forRoot({ source: { find }, tracking: { store } })],
      })(Merchants);
      const exports = { AppModule: Merchants };
      const { code, out, told } = await reconcile([...fromLong, '--account', 'shop-17'], exports);
      expect([code, told]).toEqual([1, expect.stringMatching(/^1 compared, 0 equal, 1 differ/m)]);
      expect(out).toContain(`missing_here   payment     ${payment}`);
      const unknown = await reconcile([...fromLong, '--account', 'shop-18'], exports);
      expect([unknown.code, unknown.out]).toEqual([2, '']);
      expect(unknown.told).toContain('no account shop-18');
    });

    it.each([
      ['exports no module', fromLong, {}, 'exports no module'],
      ['exports no such function', [...fromLong, '--expectation', 'x'], undefined, '--expectation'],
      ['does not track the account', [...fromLong, '--account', 'emea'], undefined, 'not track'],
      ['has an end before its beginning', [...fromLong, '--to', '2019-01-01'], undefined, 'later'],
      [
        'cannot start',
        fromLong,
        {
          default: () => {
            throw Object.assign(new Error('postgres://me:pa55@db'), { code: 'ECONNREFUSED' });
          },
        },
        'did not start (start it by itself to see why): Error, ECONNREFUSED\n',
      ],
    ])('ends with 2 where it %s', async (_, words, exports, fault) => {
      const { code, out, told } = await reconcile(words, exports ?? { AppModule: App });
      expect([code, told]).toEqual([2, expect.stringContaining(fault)]);
      expect(out).not.toContain('payt_');
      expect(told).not.toContain('pa55');
    });

    it('ends with 2 when the gateway stops answering', async () => {
      await sandbox.stop();
      const { code, told } = await reconcile(fromLong, { AppModule: App });
      expect([code, told]).toEqual([2, expect.stringContaining('cannot compare: ')]);
    });
  });

  describe('a line', () => {
    const finding = {
      kind: 'missing_here',
      movement: 'payment',
      requestId: null,
      reference: null,
      objectId: 'payt_1',
      createdAt: null,
      here: null,
      there: null,
      repaired: false,
      state: null,
      reason: null,
    } as const;

    it.each([
      ['=HYPERLINK("http://evil.example")', `"'=HYPERLINK(""http://evil.example"")"`],
      ['+1', `"'+1"`],
      ['-1+1', `"'-1+1"`],
      ['@SUM(A1)', `"'@SUM(A1)"`],
      ['\t=1', `"'?=1"`],
      ['  =1', `"'  =1"`],
      ['a,b', '"a,b"'],
      ['a\r\nb', 'a??b'],
      ['plain-1', 'plain-1'],
    ])('of csv holds %j as no formula', (requestId, cell) => {
      expect(lineOfFinding('csv', { ...finding, requestId })).toContain(`,payt_1,${cell},`);
    });

    it('of a table holds no command for a terminal', () => {
      const line = lineOfFinding('table', { ...finding, requestId: '\u001B[2J\u202Eevil\n' });
      expect(line).toContain('request ?[2J?evil?');
      expect(line.split('\n')).toHaveLength(2);
    });
  });
});
