import { describe, expect, it } from '@jest/globals';
import { aSecretKey } from '../../../../test/support/library/secret-key.js';
import { resolveConfig } from '../config/resolve-config.js';
import { SealedOptions } from '../config/sealed-options.js';
import { examineKeys } from './examine-keys.js';
import { lineOf } from './finding.js';

const KEY = aSecretKey();

describe('examineKeys', () => {
  it('says whether what a provider was asked for last is in use', async () => {
    let isDown = false;
    const secretKey = async () => {
      if (isDown) throw new TypeError(KEY);
      return KEY;
    };
    const webhookSecret = () => 'whsec_c4n4ry_1f0c2e';
    const config = await resolveConfig(new SealedOptions({ secretKey, webhookSecret }));
    const linesOf = () => examineKeys(config, Date.now()).map((finding) => lineOf(finding));
    expect(linesOf().filter((line) => line.includes('a provider was asked'))).toHaveLength(2);
    isDown = true;
    await config.secretKeys.news('asked');
    const told = linesOf().join('\n');
    expect(told).toContain('still in use: secretKey: its provider failed (TypeError)');
    expect(told).not.toContain(KEY);
  });

  it('does not hold the end of a key against it that only verifies by now', async () => {
    const part = (claims: object) => Buffer.from(JSON.stringify(claims)).toString('base64url');
    const old = [part({ alg: 'RS256' }), part({ env: 'sandbox', exp: 1 }), 'c2lnbmF0dXJl'].join(
      '.',
    );
    const keys = [old];
    const config = await resolveConfig(new SealedOptions({ secretKey: () => keys }));
    const levels = () => examineKeys(config, Date.now()).map(({ level }) => level);
    expect(levels()).toContain('fault');
    keys.splice(0, 1, KEY);
    await config.secretKeys.news('asked');
    expect(config.secretKeys.active()).toHaveLength(2);
    expect(levels()).not.toContain('fault');
  });
});
