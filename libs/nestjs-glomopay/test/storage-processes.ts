import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Readable } from 'node:stream';

const script = fileURLToPath(new URL('storage-process.mjs', import.meta.url));

/** What a process has done: intents that it was the one to insert, effects that it ran. */
export interface Work {
  readonly inserted: number;
  readonly effects: number;
}

/** Four processes at once on one database. */
export async function fourProcessesWork(kind: string, database: string): Promise<readonly Work[]> {
  return (await lastLinesOfFour(kind, database, 'work')).map((line) => {
    const { inserted, effects } = JSON.parse(line);
    return { inserted: Number(inserted), effects: Number(effects) };
  });
}

/** Four processes that have received the same 40 events; how many each of them has handled. */
export async function fourProcessesHandle(kind: string, database: string): Promise<number[]> {
  return (await lastLinesOfFour(kind, database, 'handle')).map(Number);
}

/** Kills a process amid its inserts; the keys that it had said were written. */
export function keysOfKilledProcess(kind: string, database: string): Promise<string[]> {
  return linesOfKilled(kind, database, 'insert');
}

/** Kills a process amid its inserts; the bodies of events that it had said were written. */
export function eventsOfKilledProcess(kind: string, database: string): Promise<string[]> {
  return linesOfKilled(kind, database, 'insert-events');
}

async function linesOfKilled(kind: string, database: string, task: string): Promise<string[]> {
  const child = start(kind, database, task, 'killed');
  let seen = '';
  child.stdout.setEncoding('utf8');
  child.stdout.on('data', (text: string) => {
    seen += text;
    if (seen.length > 5_000) child.kill('SIGKILL');
  });
  await once(child, 'close');
  const lines = seen.slice(0, seen.lastIndexOf('\n')).split('\n');
  // Before it was ready the store may have warned of the server.
  return lines.slice(lines.indexOf('ready') + 1);
}

type Child = ChildProcessByStdio<null, Readable, Readable>;

function start(kind: string, database: string, task: string, name: string): Child {
  const environment = { ...process.env, NODE_OPTIONS: '' };
  return spawn(process.execPath, [script, kind, database, task, name], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function lastLinesOfFour(kind: string, database: string, task: string): Promise<string[]> {
  return Promise.all(
    ['a', 'b', 'c', 'd'].map(async (name) => {
      const lines = await linesOf(start(kind, database, task, name));
      return lines.at(-1) ?? '';
    }),
  );
}

async function linesOf(child: Child): Promise<string[]> {
  const texts = { out: '', error: '' };
  child.stdout.on('data', (text: Buffer) => (texts.out += text.toString()));
  child.stderr.on('data', (text: Buffer) => (texts.error += text.toString()));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`a process ended with ${code}: ${texts.error}`);
  return texts.out.trim().split('\n');
}
