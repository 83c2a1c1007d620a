import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { GlomopaySandbox } from 'glomopay-sandbox';
import { OrdersService } from 'nestjs-glomopay';
import { cleanUp } from '../support/library/clean-up.js';
import { platforms } from '../support/nest-host.js';
import { startKeyHost } from './key-host.js';
import { Vault } from './vault.js';

const opened = cleanUp();
const aSecret = () => `whsec_${randomBytes(12).toString('hex')}`;
const ROTATIONS = 10;

describe.each(platforms)('Keys that change ten times under load, on %s', (platform) => {
  it.each([
    ['and the vault tells', true],
    ['and the vault says nothing', false],
  ])('lose no call and no authentic message, and let no forged one in: %s', async (_, tells) => {
    const sandbox = opened(await GlomopaySandbox.start({ requestsPerMinute: 1_000_000 }));
    const first = aSecret();
    const keys = new Vault(sandbox.secretKey);
    const secrets = new Vault(first);
    const known = { keys: [sandbox.secretKey], secrets: [first] };
    const host = opened(
      await startKeyHost(platform, {
        secretKey: keys.source,
        webhookSecret: secrets.source,
        baseUrl: sandbox.url,
        environment: 'sandbox',
      }),
    );
    const orders = host.app.get(OrdersService);
    const { demoCustomerId: customerId } = sandbox;
    const made: string[] = [];
    const order = async () => {
      made.push((await orders.create({ customerId, amount: 100, currency: 'USD' })).id);
      return 200;
    };

    /** Everything at once: calls, and messages under keys of now, of before, and of nobody. */
    const burst = async () => {
      const genuine = [
        ...known.keys.map((key) => host.callback(key)),
        ...known.secrets.map((secret) => host.webhook(secret)),
        ...Array.from({ length: 6 }, () => order()),
      ];
      const forged = Array.from({ length: 4 }, () => [
        host.callback(randomBytes(32).toString('hex')),
        host.webhook(aSecret()),
      ]).flat();
      return [await Promise.all(genuine), await Promise.all(forged)] as const;
    };

    for (let rotation = 1; rotation <= ROTATIONS; rotation += 1) {
      const running = burst();
      // The old key is dead at once: whoever still signs with it is answered 401.
      known.keys.push(await sandbox.rotateKey());
      keys.put(sandbox.secretKey);
      known.secrets.push(aSecret());
      secrets.put(String(known.secrets.at(-1)));
      if (tells) [keys, secrets].forEach((vault) => vault.tell());
      const before = await running;
      // Forged ones that came too early may not be what keeps the next ones from being heard.
      host.clock.skip(10_000);
      for (const [genuine, forged] of [before, await burst()]) {
        expect(new Set(genuine)).toEqual(new Set([200]));
        expect(new Set(forged)).toEqual(new Set([401]));
      }
    }

    const answers = sandbox.requests.list().filter(({ method }) => method === 'POST');
    const refused = answers.filter(({ status }) => status === 401);
    // Without a word of the vault it is the gateway's 401 that says it.
    if (!tells) expect(refused.length).toBeGreaterThanOrEqual(ROTATIONS);
    // A create that would be made twice was sent again after a 401 only, and so was made once.
    expect(answers.length - refused.length).toBe(made.length);
    expect(new Set(made).size).toBe(ROTATIONS * 2 * 6);
    expect(answers.every(({ status }) => status === 201 || status === 401)).toBe(true);
    // A reading for each change, and at most a few for those who asked.
    expect(keys.readings).toBeLessThanOrEqual(1 + ROTATIONS * 6);
    const printed = host.log.text;
    for (const secret of [...known.keys, ...known.secrets]) expect(printed).not.toContain(secret);
  });
});
