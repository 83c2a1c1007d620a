import { describe, expect, it } from '@jest/globals';
import { leaks } from './process-leaks.js';

const NODE_ENV = 'production';

describe('leaks', () => {
  it.each(['http', 'https', 'HTTP', 'tls,http', 'fs,net', '*', 'htt*', 'http2'])(
    'warns in production of NODE_DEBUG=%s',
    (modules) => {
      expect(leaks({ NODE_ENV, NODE_DEBUG: modules }, undefined)).toEqual([
        expect.stringContaining('NODE_DEBUG'),
      ]);
    },
  );

  it.each(['', 'fs', 'timer,module', 'nethack'])('is quiet about NODE_DEBUG=%j', (modules) => {
    expect(leaks({ NODE_ENV, NODE_DEBUG: modules }, undefined)).toEqual([]);
  });

  it.each(['reportOnFatalError', 'reportOnUncaughtException', 'reportOnSignal'])(
    'warns in production of diagnostic reports by %s',
    (setting) => {
      expect(leaks({ NODE_ENV }, { [setting]: true })).toEqual([
        expect.stringContaining('--report-exclude-env'),
      ]);
      expect(leaks({ NODE_ENV }, { [setting]: true, excludeEnv: true })).toEqual([]);
      expect(leaks({ NODE_ENV }, { [setting]: false })).toEqual([]);
    },
  );

  it('is quiet outside production', () => {
    expect(leaks({ NODE_DEBUG: 'http' }, { reportOnFatalError: true })).toEqual([]);
    expect(leaks({ NODE_ENV: 'test', NODE_DEBUG: '*' }, undefined)).toEqual([]);
  });

  it('reads this process when it is told nothing', () => {
    expect(leaks()).toEqual([]);
  });
});
