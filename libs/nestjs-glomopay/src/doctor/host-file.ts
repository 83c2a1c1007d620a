import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** What a file of the host exports. */
export type HostExports = Readonly<Record<string, unknown>>;

/** Why a host's file cannot be used; says nothing of its values. */
export class UnusableHostError extends Error {}

/** Loads a file as it would be imported from the folder that the program was started in. */
export async function importedFile(file: string): Promise<HostExports> {
  const url = pathToFileURL(path.resolve(file)).href;
  const loaded: HostExports = await import(url);
  // What a CommonJS module exports can stand under `default` only.
  return { ...Object(loaded['default']), ...loaded };
}
