import { byHand, notServed } from './by-hand/index.js';
import type { AnyCall, Repeat, ResourceCalls } from './call.js';
import { resources } from './calls/index.js';
import { endpoint } from './facts.js';
import { notBuilt } from './not-built.js';

const repeats: Readonly<Record<Repeat, string>> = {
  nothing: 'nothing',
  guarded: 'nothing',
  converges: 'nothing more',
  again: 'the same again',
};

const INTRO = [
  '# Every operation of the gateway',
  '',
  'What the gateway documents, and the method that asks for it. Printed by `npm run docs:api` from the calls of ' +
    '[the contract tests](../test/contract), which hold both sides against the tables of the documentation: the ' +
    'library by what it sends and reads ([library](../test/contract/library.e2e-spec.ts)), the sandbox by what it ' +
    'takes, refuses and answers ([sandbox](../test/contract/sandbox.e2e-spec.ts)).',
  '',
  'A repeat is a second call after one that succeeded. Where it does nothing more, everything stays as the first one ' +
    'left it: the second ends as the first did, or is refused, because what is cancelled cannot be cancelled. ' +
    'Where it does the same again, nothing is sent twice by itself once it may have arrived. Operations without ' +
    'a method stand [at the end](#without-a-method).',
  '',
].join('\n');

const MISSING = `## Without a method

\`RawRequestsService\` asks for these, and for whatever the gateway adds: same key, limits and errors, your own JSON. The sandbox serves those that have a contract.
`;

/** The page, as it has to lie in `docs/api.md`. */
export function apiPage(): string {
  const built = resources.filter(({ calls }) => calls.length > 0);
  const missing = Object.entries(
    Object.assign({}, ...resources.map((resource) => resource.missing), notBuilt) as object,
  );
  return [
    INTRO,
    ...built.flatMap((resource) => [`## ${resource.title}\n`, callTable(resource)]),
    MISSING,
    table(
      ['Operation', 'Why', 'In the sandbox'],
      missing.map(([name, why]) => [placeOf(name), String(why), sandboxOf(name)]),
    ),
  ].join('\n');
}

/** Where the sandbox is held to an operation without a method, or why it does not serve it. */
function sandboxOf(name: string): string {
  const hand = byHand.find(({ calls }) => calls.some(({ endpoint: each }) => each === name));
  if (hand === undefined) return `no: ${notServed[name]}`;
  return linkTo(`test/contract/by-hand/${hand.file}.ts`);
}

function callTable({ title, calls }: ResourceCalls): string {
  const file = `test/contract/calls/${title.toLowerCase().replaceAll(' ', '-')}.ts`;
  return table(
    ['Operation', 'Method', 'A repeat does', 'Tests'],
    calls.map((call) => [
      placeOf(call.endpoint),
      methodsOf(call),
      repeatOf(call),
      [file, ...(call.tests ?? [])].map(linkTo).join(', '),
    ]),
  );
}

function repeatOf({ repeat, guard = 'with a `requestId`' }: AnyCall): string {
  return repeat === 'guarded' ? `${repeats.guarded}, ${guard}` : repeats[repeat];
}

function placeOf(name: string): string {
  const { method, path } = endpoint(name);
  return `\`${method} ${path}\``;
}

function methodsOf({ service, method, also = [] }: AnyCall): string {
  const [first, ...further] = [method, ...also];
  return [`\`${service.name}.${first}\``, ...further.map((name) => `\`${name}\``)].join(', ');
}

function linkTo(file: string): string {
  const name = /([\w-]+?)(?:\.e2e-spec|\.spec)?\.\w+$/.exec(file)?.[1] ?? file;
  return `[${file.startsWith('test/contract/') ? 'contract' : name}](../${file})`;
}

/** A table in columns of one width, as the formatter leaves it. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((_, index) =>
    Math.max(...[head, ...rows].map((row) => row[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  return [line(head), rule, ...rows.map(line), ''].join('\n');
}
