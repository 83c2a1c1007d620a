import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { UnusableHostError } from './host-file.js';

/** Loads a driver that the host has installed, from the folder that the program was started in. */
export async function hostDriver(
  name: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
  const require = createRequire(path.resolve('package.json'));
  let file: string;
  try {
    file = require.resolve(name);
  } catch {
    return undefined;
  }
  const loaded: Readonly<Record<string, unknown>> = await import(
    path.isAbsolute(file) ? pathToFileURL(file).href : file
  );
  return { ...Object(loaded['default']), ...loaded };
}

/** The class that a driver exports under a name. */
export function classOf<Made extends object>(
  driver: Readonly<Record<string, unknown>> | undefined,
  name: string,
): (new (...given: unknown[]) => Made) | undefined {
  const exported = driver?.[name];
  return typeof exported === 'function'
    ? (exported as new (...given: unknown[]) => Made)
    : undefined;
}

/** @returns never: says which driver to install. */
export function noDriver(names: string): never {
  throw new UnusableHostError(
    `there is no driver in this folder: install ${names}, or give --store a file that exports your store`,
  );
}
