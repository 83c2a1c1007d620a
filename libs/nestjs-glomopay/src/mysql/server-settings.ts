import { Logger } from '@nestjs/common';
import { text } from '../tracking/store/row.js';
import type { MysqlQuery } from './mysql-adapter.js';
import { assertUsable, DECISIVE } from './refused-settings.js';

const MIB = 1024 * 1024;
/** Twice what one batch of webhooks has, which travels in hex, and room for what is around it. */
const LEAST_PACKET = 10 * MIB;

const OF_SAFETY = [
  'innodb_flush_log_at_trx_commit',
  'log_bin',
  'sync_binlog',
  'max_allowed_packet',
];

/**
 * Looks at what the server and its sessions are set to.
 *
 * @throws {GlomopayConfigurationError} nothing could be kept there.
 */
export async function checkSettings(query: MysqlQuery): Promise<void> {
  const asked = [...DECISIVE, ...OF_SAFETY].map((name) => `'${name}'`).join(', ');
  const { rows } = await query(`SHOW SESSION VARIABLES WHERE Variable_name IN (${asked})`);
  const settings = new Map(
    rows.map((row) => [text(row, 'Variable_name').toLowerCase(), text(row, 'Value').toUpperCase()]),
  );
  assertUsable(settings);
  warn(settings);
}

/** Says what a start cannot mend: these settings are not a session's. */
function warn(settings: ReadonlyMap<string, string>): void {
  const logger = new Logger('Glomopay');
  if (!['1', undefined].includes(settings.get('innodb_flush_log_at_trx_commit'))) {
    logger.warn(
      'store: the server does not write every commit to the disk: a power cut can take back what the gateway was told; set innodb_flush_log_at_trx_commit = 1',
    );
  }
  // With a binary log it is that which says, after a crash, what was committed.
  if (settings.get('log_bin') === 'ON' && settings.get('sync_binlog') !== '1') {
    logger.warn(
      'store: the server does not write its binary log to the disk with every commit: a power cut can take back what the gateway was told; set sync_binlog = 1',
    );
  }
  if (Number(settings.get('max_allowed_packet') ?? LEAST_PACKET) < LEAST_PACKET) {
    logger.warn(
      'store: the server ends a connection on which many large webhooks come at once, and none of them is stored; set max_allowed_packet to 16M or more',
    );
  }
}
