import { loadEnvFile } from 'node:process';
import type { INestApplicationContext, LoggerService } from '@nestjs/common';
import { isGlomopayError } from '../errors/any-glomopay.error.js';
import type { GlomopayError } from '../errors/glomopay.error.js';
import type { ReconciliationOptions } from '../tracking/reconciliation/reconciliation-options.js';
import { startedHost, withReconciliation, type HostApplication } from './host-application.js';
import { importedFile, UnusableHostError, type HostExports } from './host-file.js';
import type { ReconcileCommand } from './reconcile-arguments.js';
import type { Terminal } from './terminal.js';
import { headOf, lineOfFinding, lineOfSummary } from './reconcile-lines.js';

/** Runs `nestjs-glomopay reconcile` and gives the exit code. */
export async function runReconcile(
  command: ReconcileCommand,
  terminal: Terminal,
  load: (file: string) => Promise<HostExports> = importedFile,
): Promise<0 | 1 | 2> {
  let host: HostApplication | undefined;
  const abort = new AbortController();
  const stop = () => abort.abort(new UnusableHostError('it was stopped'));
  process.once('SIGINT', stop);
  try {
    if (command.envFile !== undefined) loadEnvFile(command.envFile);
    const exports = await load(command.app);
    host = await startedHost(exports, command.export, loggerOf(terminal));
    return await compared(command, host, terminal, abort.signal);
  } catch (thrown) {
    const where = host === undefined && !isOurs(thrown) ? DID_NOT_START : '';
    terminal.note(`cannot compare: ${where}${faultOf(thrown)}\n`);
    return 2;
  } finally {
    process.off('SIGINT', stop);
    await host?.app.close();
  }
}

async function compared(
  { account, from, to, repair, format, expectation }: ReconcileCommand,
  { app, exports }: HostApplication,
  { print, note }: Terminal,
  signal: AbortSignal,
): Promise<0 | 1> {
  return withReconciliation(app, account, async (reconciliation) => {
    const expectationOf = expectationIn(exports, expectation, app);
    const run = reconciliation.reconcile({ from, to, repair, signal, expectationOf });
    print(headOf(format));
    for await (const finding of run) print(lineOfFinding(format, finding));
    note(lineOfSummary(run.summary));
    return run.summary.findings === run.summary.repaired ? 0 : 1;
  });
}

function expectationIn(
  exports: HostExports,
  name: string | undefined,
  app: INestApplicationContext,
): ReconciliationOptions['expectationOf'] {
  if (name === undefined) return undefined;
  const expected = exports[name];
  if (typeof expected === 'function') return (payment) => expected(payment, app);
  throw new UnusableHostError(`the file exports no function under ${name}: see --expectation`);
}

const DID_NOT_START = 'the application did not start (start it by itself to see why): ';

function isOurs(thrown: unknown): thrown is GlomopayError | UnusableHostError {
  return isGlomopayError(thrown) || thrown instanceof UnusableHostError;
}

/** What the host's own errors say may hold an address with a password in it. */
function faultOf(thrown: unknown): string {
  if (isOurs(thrown)) return thrown.message;
  const code: unknown = Reflect.get(Object(thrown), 'code');
  const known = typeof code === 'string' && /^\w{1,40}$/.test(code) ? `, ${code}` : '';
  return `${thrown instanceof Error ? thrown.name : 'unknown'}${known}`;
}

/** What the application says goes beside the differences, never among them. */
function loggerOf({ note }: Terminal): LoggerService {
  const say = (message: unknown): void => {
    if (typeof message === 'string') note(`${message}\n`);
  };
  return { log: () => undefined, warn: say, error: say, fatal: say };
}
