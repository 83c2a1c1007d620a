import { ConsoleLogger } from '@nestjs/common';
import { Console } from 'node:console';
import { Writable } from 'node:stream';
import { format, inspect } from 'node:util';
import { serialize } from 'node:v8';

/** What a place that values get to has made of a value. */
export type Printed = readonly [sink: string, text: string | Uint8Array];

/** Everything that can be reached from a value: members of any kind, causes, collected errors. */
export function reachable(value: unknown): Set<object> {
  const seen = new Set<object>();
  const waiting = [value];
  for (let next = waiting.pop(); next !== undefined || waiting.length > 0; next = waiting.pop()) {
    if ((typeof next !== 'object' && typeof next !== 'function') || next === null) continue;
    if (seen.has(next) || seen.size > 20_000) continue;
    seen.add(next);
    for (const key of Reflect.ownKeys(next)) {
      const { value: member } = Object.getOwnPropertyDescriptor(next, key) ?? {};
      if (member !== undefined) waiting.push(member);
    }
  }
  return seen;
}

/** Runs something and gives what it has written to this process's output. */
function captured(write: () => void): string {
  let text = '';
  const keep = (chunk: unknown): boolean => {
    text += String(chunk);
    return true;
  };
  const { stdout, stderr } = process;
  const originals = [stdout.write, stderr.write] as const;
  [stdout.write, stderr.write] = [keep, keep];
  try {
    write();
  } finally {
    [stdout.write, stderr.write] = originals;
  }
  return text;
}

function consoled(use: (console: Console) => void): string {
  let text = '';
  const stream = new Writable({
    write(chunk, _, done) {
      text += String(chunk);
      done();
    },
  });
  use(new Console({ stdout: stream, stderr: stream, inspectOptions: { depth: 12 } }));
  return text;
}

function attempted(print: () => string | Uint8Array): string | Uint8Array {
  try {
    return print();
  } catch (thrown) {
    return inspect(thrown, { depth: 12, showHidden: true });
  }
}

const text = new ConsoleLogger('Test', { colors: false });
const json = new ConsoleLogger('Test', { json: true, colors: false });
const deep = { depth: 12, maxArrayLength: null, maxStringLength: null } as const;

type Printer = (value: unknown) => string | Uint8Array;

const printers: Readonly<Record<string, Printer>> = {
  'console.log': (value) => consoled((console) => console.log(value)),
  'console.error': (value) => consoled((console) => console.error('failed', value)),
  'console.dir': (value) =>
    consoled((console) => console.dir(value, { ...deep, showHidden: true })),
  'console.table': (value) => consoled((console) => console.table([value])),
  'format %s': (value) => format('%s', value),
  'format %o': (value) => format('%o', value),
  'format %O': (value) => format('%O', value),
  'format %j': (value) => format('%j', value),
  inspect: (value) => inspect(value),
  'inspect hidden': (value) => inspect(value, { ...deep, showHidden: true }),
  'inspect getters': (value) => inspect(value, { ...deep, showHidden: true, getters: true }),
  'inspect raw': (value) => inspect(value, { ...deep, showHidden: true, customInspect: false }),
  'JSON.stringify': (value) => JSON.stringify(value) ?? '',
  'JSON.stringify own': (value) =>
    JSON.stringify(Object.fromEntries(ownMembers(value)), ownNames(value)) ?? '',
  String: (value) => String(value),
  template: (value) => `${value as string} ${Object.prototype.toString.call(value)}`,
  concatenation: (value) => `a${String([value])}`,
  spread: (value) => inspect({ ...(value as object) }, deep),
  entries: (value) => inspect(Object.entries(value as object), deep),
  'own members': (value) => inspect(ownMembers(value), { ...deep, showHidden: true }),
  structuredClone: (value) => inspect(structuredClone(value), { ...deep, showHidden: true }),
  'v8.serialize': (value) => serialize(value),
  'Nest text': (value) => captured(() => text.error(value)),
  'Nest text, stack': (value) => captured(() => text.error('failed', stackOf(value))),
  'Nest text, log': (value) => captured(() => text.log({ failed: value })),
  'Nest JSON': (value) => captured(() => json.error(value)),
  'Nest JSON, log': (value) => captured(() => json.log({ failed: value })),
  stack: (value) => stackOf(value),
  everything: (value) => [...reachable(value)].map((each) => inspect(each, deep)).join('\n'),
};

function ownMembers(value: unknown): [string, unknown][] {
  const members = Reflect.ownKeys(Object(value)).map(
    (key) => [String(key), Reflect.get(Object(value), key)] as [string, unknown],
  );
  return members.filter(([, member]) => typeof member !== 'function');
}

function ownNames(value: unknown): string[] {
  return ['cause', 'errors', 'stack', 'message', ...ownMembers(value).map(([name]) => name)];
}

function stackOf(value: unknown): string {
  return value instanceof Error ? (value.stack ?? '') : '';
}

/** A value in every place where values of a program end up. */
export function printedEverywhere(value: unknown): readonly Printed[] {
  return Object.entries(printers).map(
    ([sink, print]) => [sink, attempted(() => print(value))] as const,
  );
}
