import { readFile } from 'node:fs/promises';

const file = new URL('../../README.md', import.meta.url);
const heading = '## Five minutes into an existing Nest app';
const classes = {
  AppModule: 'app.module.ts',
  CheckoutService: 'checkout.service.ts',
  PaymentController: 'payment.controller.ts',
};

// What the README tells a reader to install beside the library, and its sources, word for word. The
// install line for a Nest of its own stands below a comment that names it.
export async function readmeHost(nest) {
  const section = (await readFile(file, 'utf8')).split(heading)[1]?.split('\n## ')[0] ?? '';
  const blocks = [...section.matchAll(/```(?:sh|ts)\n([\s\S]*?)```/g)].map(([, block]) => block);
  const sources = Object.entries(classes).map(([name, source]) => {
    const block = blocks.find((one) => one.includes(`export class ${name} {`));
    if (block === undefined) throw new Error(`The README shows no ${name}`);
    return [source, block];
  });
  return { packages: packagesOf(blocks[0] ?? '', nest), sources: Object.fromEntries(sources) };
}

const installs = (line) => line?.startsWith('npm install nestjs-glomopay ');

function packagesOf(block, nest) {
  const lines = block.split('\n');
  const own = lines.findIndex((line) => new RegExp(`^#.*\\b${nest}\\b`).test(line));
  const line = own >= 0 && installs(lines[own + 1]) ? lines[own + 1] : lines.find(installs);
  if (line === undefined) throw new Error('The README has no line that installs the library');
  return line
    .split(' ')
    .slice(3)
    .filter((name) => name !== '');
}
