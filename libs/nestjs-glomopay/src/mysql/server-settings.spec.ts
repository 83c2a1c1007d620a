import { afterEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { warnOfServer } from './server-settings.js';

describe('A start on MySQL', () => {
  afterEach(() => Logger.overrideLogger(true));

  it.each([
    ['1', '16777216', []],
    ['2', '16777216', ['innodb_flush_log_at_trx_commit = 1']],
    ['0', '4194304', ['innodb_flush_log_at_trx_commit = 1', 'max_allowed_packet to 16M']],
  ])('with flush %s and packets of %s bytes warns of %j', async (flush, packet, expected) => {
    const lines: string[] = [];
    Logger.overrideLogger({
      log: () => undefined,
      error: () => undefined,
      warn: (line: unknown) => lines.push(String(line)),
    });
    await warnOfServer(async () => ({
      rows: [
        { Variable_name: 'innodb_flush_log_at_trx_commit', Value: flush },
        { Variable_name: 'max_allowed_packet', Value: packet },
      ],
      affected: 0,
    }));
    expect(lines).toEqual(expected.map((part) => expect.stringContaining(part)));
  });
});
