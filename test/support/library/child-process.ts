import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { CompiledLibrary } from './compiled-library.js';

/** How a child process ended and what it has written. */
export interface ChildResult {
  readonly status: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs one of the programs beside this file in plain Node, with the compiled library. */
export async function runProgram(
  library: CompiledLibrary,
  program: string,
  environment: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Promise<ChildResult> {
  const file = fileURLToPath(new URL(`./programs/${program}.mjs`, import.meta.url));
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [...flags, file], {
    env: { PATH, HOME, LIBRARY: library.entry, ...environment },
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString('utf8')));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { status, output, errors };
}
