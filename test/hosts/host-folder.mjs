import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { run } from './command.mjs';
import { install } from './install.mjs';

const sources = fileURLToPath(new URL('sources/', import.meta.url));

// A host outside the repository: its manifest, its packages, its compiler's options, its sources.
export class HostFolder {
  constructor(folder, ecosystem) {
    this.folder = folder;
    this.ecosystem = ecosystem;
  }

  async create({ packages, tools = this.ecosystem.tools, options }) {
    const { format, platform, compilerOptions } = this.ecosystem;
    await mkdir(path.join(this.folder, 'src'), { recursive: true });
    await this.write('package.json', {
      name: path.basename(this.folder),
      private: true,
      ...(format === 'module' && { type: 'module' }),
      dependencies: platform,
      devDependencies: tools,
    });
    const tests = ['src/**/*.test.ts', 'src/types.*.ts'];
    await this.write('tsconfig.json', { compilerOptions, include: ['src'], exclude: tests });
    await install(this.folder, packages, options);
  }

  // Copies a folder of sources in the spelling of the host's format: with the extension in relative
  // imports where Node asks for it, without where nobody writes it.
  async add(name) {
    const from = path.join(sources, name);
    for (const file of await readdir(from)) {
      const text = await readFile(path.join(from, file), 'utf8');
      await this.write(path.join('src', file), this.spelled(text));
    }
  }

  spelled(text) {
    return this.ecosystem.format === 'module'
      ? text
      : text.replace(/(from '\.{1,2}\/[^']+)\.js'/g, "$1'");
  }

  async write(file, content) {
    const text = typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`;
    await writeFile(path.join(this.folder, file), text);
  }

  // Runs a package's command of this host, under a Node of choice.
  async tool(bin, args, { node = process.execPath, ...options } = {}) {
    const script = path.join(this.folder, 'node_modules', bin);
    return run(node, [script, ...args], { cwd: this.folder, ...options });
  }

  compile(args = []) {
    return this.tool('typescript/bin/tsc', args);
  }
}
