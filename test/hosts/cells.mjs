import { ecosystems } from './ecosystems.mjs';
import { exampleCell } from './example-cell.mjs';
import { nodeSqliteCell } from './node-sqlite-cell.mjs';
import { nodeVersions } from './nodes.mjs';
import { readmeCell } from './readme-cell.mjs';
import { runnerCell } from './runner-cell.mjs';
import { runtimeCell } from './runtime-cell.mjs';
import { strictCell } from './strict-cell.mjs';
import { typesCell } from './types-cell.mjs';

const servers = ['express', 'fastify'];

const runtime = Object.entries(ecosystems).flatMap(([ecosystem, { isOldest = false }]) =>
  servers.flatMap((server) =>
    nodeVersions.map((node) => ({
      name: `${ecosystem}-${server}-node${node}`,
      kind: 'host',
      isOldest,
      ecosystem,
      server,
      node,
      run: runtimeCell,
    })),
  ),
);

const runners = [
  ['nest10', 'jest', 20],
  ['nest11', 'jest', 22],
  ['nest12', 'jest-esm', 24],
  ['nest12', 'vitest', 20],
  ['nest12-commonjs', 'jest-vm', 24],
].map(([ecosystem, runner, node]) => ({
  name: `${ecosystem}-${runner}-node${node}`,
  kind: 'tests of a host',
  ecosystem,
  runner,
  node,
  run: runnerCell,
}));

// The compiler runs under this process's Node; types are the same under each.
const types = [
  ['nest10', 'node10'],
  ['nest11', 'node16'],
  ['nest11', 'nodenext'],
  ['nest12', 'nodenext'],
  ['nest12', 'bundler'],
].map(([ecosystem, resolution]) => ({
  name: `${ecosystem}-types-${resolution}`,
  kind: 'types',
  ecosystem,
  resolution,
  run: typesCell,
}));

const own = [
  ['strict', 'strict install', strictCell, { nest10: 20, nest11: 22, nest12: 24 }],
  ['readme', 'the README word for word', readmeCell, { nest11: 20, nest12: 24 }],
  ['sqlite', 'node:sqlite', nodeSqliteCell, { nest11: 22, nest12: 24 }],
].flatMap(([word, kind, run, nodes]) =>
  Object.entries(nodes).map(([ecosystem, node]) => ({
    name: `${ecosystem}-${word}-node${node}`,
    kind,
    ecosystem,
    node,
    run,
  })),
);

const only = {
  prefix: 'GLOMOPAY',
  checkout: '/checkout',
  callback: '/payment/callback',
  webhook: '/webhooks/glomopay',
};
const both = [
  { ...only, checkout: '/default/checkout' },
  {
    prefix: 'EMEA',
    checkout: '/emea/checkout',
    callback: '/emea/payment/callback',
    webhook: '/webhooks/emea',
  },
];

const examples = [
  ['nest11-typeorm', 22, [only]],
  ['nest12-fastify-drizzle', 24, [only]],
  ['two-accounts', 20, both],
  ['outbox-rabbitmq', 22, [only], 'rabbitmq'],
  ['outbox-nats', 24, [only], 'nats'],
].map(([example, node, accounts, broker]) => ({
  name: `example-${example}-node${node}`,
  kind: 'example',
  example,
  node,
  accounts,
  broker,
  run: exampleCell,
}));

export const allCells = [...runtime, ...runners, ...types, ...own, ...examples];

// Every Nest, both servers, every Node, both formats, two runners, the two ends of the resolutions,
// and the README.
export const ciCells = [
  'nest10-express-node20',
  'nest10-jest-node20',
  'nest10-types-node10',
  'nest11-fastify-node22',
  'nest12-express-node24',
  'nest12-vitest-node20',
  'nest12-types-bundler',
  'nest12-readme-node24',
  'nest11-sqlite-node22',
  'nest12-sqlite-node24',
  'example-nest11-typeorm-node22',
  'example-outbox-rabbitmq-node22',
  'example-outbox-nats-node24',
];
