import { loadEnvFile } from 'node:process';
import { isGlomopayError } from '../errors/any-glomopay.error.js';
import type { TablesReport } from '../tracking/store/sql/tables-report.js';
import { databaseFault } from './database-fault.js';
import type { OpenedTables } from './dialect.js';
import { UnusableHostError } from './host-file.js';
import type { ExamineCommand } from './migrations-arguments.js';
import { isAsMade, reportText } from './report-lines.js';
import type { Terminal } from './terminal.js';
import { openedTables } from './store-to-examine.js';

/** Runs `nestjs-glomopay migrations check` or `apply`, and gives the exit code. */
export async function runMigrations(
  command: ExamineCommand,
  { print, note }: Terminal,
): Promise<0 | 1 | 2> {
  let opened: OpenedTables | undefined;
  try {
    if (command.envFile !== undefined) loadEnvFile(command.envFile);
    opened = await openedTables(command);
    const applied = command.kind === 'apply' ? await apply(opened, command) : undefined;
    const report = await opened.store.examineTables();
    print(
      command.json
        ? jsonOf(report, applied)
        : `${appliedText(report, applied)}${reportText(report)}`,
    );
    // What only the newer one knows was not looked at.
    if (report.version > report.newest) return 2;
    return isAsMade(report) ? 0 : 1;
  } catch (thrown) {
    const doing = command.kind === 'apply' ? 'apply the migrations' : 'look';
    note(`cannot ${doing}: ${faultOf(thrown)}\n`);
    return 2;
  } finally {
    await opened?.close().catch(() => undefined);
  }
}

/** From which version on. */
async function apply(opened: OpenedTables, { source }: ExamineCommand): Promise<number> {
  if (source.from === 'address' && source.createSchema) await opened.createSchema?.();
  const { version } = await opened.store.examineTables();
  await opened.store.migrate();
  return version;
}

function jsonOf(report: TablesReport, from: number | undefined): string {
  const applied = from === undefined ? {} : { from };
  return `${JSON.stringify({ ok: isAsMade(report), ...applied, ...report })}\n`;
}

function appliedText({ version }: TablesReport, from: number | undefined): string {
  if (from === undefined) return '';
  if (from === version) return 'there was nothing to apply\n';
  return from === 0
    ? `made the tables of version ${version}\n`
    : `brought the tables from version ${from} to ${version}\n`;
}

/** What a driver says may hold an address with a password in it: only its code is told. */
function faultOf(thrown: unknown): string {
  if (isGlomopayError(thrown) || thrown instanceof UnusableHostError) return thrown.message;
  return databaseFault(thrown);
}
