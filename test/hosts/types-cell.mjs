import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { carryOut } from './checks.mjs';

const resolutions = {
  node10: { module: 'commonjs', moduleResolution: 'node' },
  node16: { module: 'node16', moduleResolution: 'node16' },
  nodenext: { module: 'nodenext', moduleResolution: 'nodenext' },
  bundler: { module: 'esnext', moduleResolution: 'bundler' },
};

// What is written wrong in a host's code must be an error: were a type not found, it would be `any`.
const wrong = `import type { OrdersService, PaymentTracker } from 'nestjs-glomopay';

export async function wrong(orders: OrdersService, tracker: PaymentTracker): Promise<unknown> {
  // @ts-expect-error an amount is a number of minor units
  await orders.create({ customerId: 'cust_1', amount: '10', currency: 'USD' });
  // @ts-expect-error a member is misspelt
  await orders.create({ customerId: 'cust_1', amount: 10, currency: 'USD', note: {} });
  // @ts-expect-error a tracked payment needs an expectation
  await tracker.pay({ orderId: 'order_1' });
  // @ts-expect-error there is no such method
  return orders.refund();
}
`;

// Whether the compiler of a host finds the types of every entry point, its own code compiles against
// them, and wrong code does not.
export async function typesCell({ place, ecosystem, resolution }) {
  const host = await place.host(ecosystem);
  const entries = await entryPointsOf(host.folder);
  await host.write(`src/types.${resolution}.ts`, `${entries.map(isTyped).join('\n')}\n${wrong}`);
  const project = `tsconfig.${resolution}.json`;
  await host.write(project, {
    extends: './tsconfig.json',
    compilerOptions: { ...resolutions[resolution], noEmit: true },
    files: [`src/types.${resolution}.ts`, 'src/express.ts', 'src/fastify.ts'],
    include: [],
  });
  const title = `finds the types of ${entries.length} entry points with ${resolution}`;
  return carryOut([{ title, check: () => host.compile(['-p', project]) }], undefined);
}

export async function entryPointsOf(folder) {
  const manifest = path.join(folder, 'node_modules/nestjs-glomopay/package.json');
  const { exports } = JSON.parse(await readFile(manifest, 'utf8'));
  return Object.keys(exports)
    .filter((entry) => entry !== './package.json')
    .map((entry) => entry.replace('.', 'nestjs-glomopay'));
}

const isTyped = (entry, index) => `import * as entry${index} from '${entry}';
export const typed${index}: 0 extends 1 & typeof entry${index} ? never : true = true;`;
