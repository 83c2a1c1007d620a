import { afterEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { checkSettings } from './server-settings.js';

describe('A start on MySQL', () => {
  afterEach(() => Logger.overrideLogger(true));

  const safe = {
    innodb_flush_log_at_trx_commit: '1',
    log_bin: 'ON',
    sync_binlog: '1',
    max_allowed_packet: '16777216',
    sql_select_limit: '18446744073709551615',
  };

  it.each([
    { over: {}, expected: [] },
    { over: { log_bin: 'OFF', sync_binlog: '0' }, expected: [] },
    { over: { sync_binlog: '0' }, expected: ['sync_binlog = 1'] },
    { over: { sync_binlog: '100' }, expected: ['sync_binlog = 1'] },
    {
      over: { innodb_flush_log_at_trx_commit: '2' },
      expected: ['innodb_flush_log_at_trx_commit = 1'],
    },
    {
      over: { innodb_flush_log_at_trx_commit: '0', max_allowed_packet: '4194304' },
      expected: ['innodb_flush_log_at_trx_commit = 1', 'max_allowed_packet to 16M'],
    },
  ])('with $over warns of $expected', async ({ over, expected }) => {
    const lines: string[] = [];
    Logger.overrideLogger({
      log: () => undefined,
      error: () => undefined,
      warn: (line: unknown) => lines.push(String(line)),
    });
    await checkSettings(async () => ({
      rows: Object.entries({ ...safe, ...over }).map(([name, value]) => ({
        Variable_name: name,
        Value: value,
      })),
      affected: 0,
    }));
    expect(lines).toEqual(expected.map((part) => expect.stringContaining(part)));
  });
});
