import { loadEnvFile } from 'node:process';
import { glomopayConfig } from '../config/glomopay.config.js';
import { configOfTexts } from '../config/resolve-config.js';
import { SealedOptions } from '../config/sealed-options.js';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';
import { parseArguments, type DoctorCommand } from './arguments.js';
import { examine } from './examine.js';
import { findingsOf, lineOf, type Finding } from './finding.js';
import { migrationsText } from './print-migrations.js';

/**
 * Runs `nestjs-glomopay doctor`, `migrations` or `reconcile` and gives the exit code.
 *
 * @param words The command line after the name of the program.
 * @param print Takes the text for the terminal.
 * @param note Takes what is told beside the result of `reconcile`, and what is wrong with the words:
 *   `migrations` and `reconcile` print into files. @defaultValue `print`
 */
export async function runDoctor(
  words: readonly string[],
  print: (text: string) => void,
  note: (text: string) => void = print,
): Promise<0 | 1 | 2> {
  const command = parseArguments(words);
  if (command.kind === 'help') {
    print(command.text);
    return 0;
  }
  if (command.kind === 'usage') {
    note(`${command.fault}\n\n${command.text}`);
    return 2;
  }
  if (command.kind === 'print') {
    print(migrationsText(command));
    return 0;
  }
  if (command.kind === 'reconcile') {
    // Loads the application's half of the library, which the other commands do without.
    const { runReconcile } = await import('./run-reconcile.js');
    return runReconcile(command, { print, note });
  }
  if (command.kind !== 'examine') {
    const { runMigrations } = await import('./run-migrations.js');
    return runMigrations(command, { print, note });
  }
  const findings = await examined(command);
  print(findings.map((finding) => `${signs[finding.level]} ${lineOf(finding)}\n`).join(''));
  return findings.some(({ level }) => level === 'fault') ? 1 : 0;
}

const signs = { fine: '✓', advice: '!', fault: '✗' } as const;

async function examined(
  command: Extract<DoctorCommand, { kind: 'examine' }>,
): Promise<readonly Finding[]> {
  const options = findingsOf('options');
  try {
    if (command.envFile !== undefined) loadEnvFile(command.envFile);
  } catch {
    return [options.fault('the --env-file cannot be read', 'give the path of a readable file')];
  }
  try {
    const config = configOfTexts(new SealedOptions(glomopayConfig()));
    const { host, callbackPath, webhookPaths } = command;
    return await examine(
      config,
      host === undefined ? undefined : { origin: host, callbackPath, webhookPaths },
    );
  } catch (thrown) {
    if (!(thrown instanceof GlomopayConfigurationError)) throw thrown;
    return thrown.faults.map((fault) =>
      options.fault(fault, 'correct the GLOMOPAY_ variable of that option'),
    );
  }
}
