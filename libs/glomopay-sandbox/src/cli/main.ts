import { isNativeError } from 'node:util/types';
import { GlomopaySandbox } from '../sandbox.js';
import { parseArguments, USAGE, UsageError } from './arguments.js';
import { startUpText, startUpJson } from './start-up-text.js';
import { packageVersion } from './package-version.js';

/** What the command line talks to. */
export interface Terminal {
  stdout(text: string): void;
  stderr(text: string): void;
  /** Resolves when somebody asks the process to end. */
  untilStopped(): Promise<void>;
}

/** Runs the command. @returns the exit code: 0 done, 1 could not start, 2 wrong arguments. */
export async function main(argv: readonly string[], terminal: Terminal): Promise<number> {
  try {
    const command = parseArguments(argv);
    if (command.kind === 'help') terminal.stdout(USAGE);
    else if (command.kind === 'version') terminal.stdout(`${packageVersion()}\n`);
    else await serve(command, terminal);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.stderr(`${error.message}\n\n${USAGE}`);
      return 2;
    }
    terminal.stderr(`glomopay-sandbox could not start: ${reason(error)}\n`);
    return 1;
  }
}

async function serve(
  { json, options }: Extract<ReturnType<typeof parseArguments>, { kind: 'serve' }>,
  terminal: Terminal,
): Promise<void> {
  const stopped = terminal.untilStopped();
  const sandbox = await GlomopaySandbox.start(options);
  terminal.stdout(json ? startUpJson(sandbox) : startUpText(sandbox, packageVersion()));
  await stopped;
  await sandbox.stop();
}

function reason(error: unknown): string {
  if (!isNativeError(error)) return 'unknown reason';
  if ('code' in error && error.code === 'EADDRINUSE') {
    return 'the port is already in use; choose another with --port';
  }
  return error.message;
}
