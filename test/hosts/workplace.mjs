import path from 'node:path';
import { ecosystems } from './ecosystems.mjs';
import { installSandbox } from './gateway.mjs';
import { HostFolder } from './host-folder.mjs';
import { findNodes, nodeVersions } from './nodes.mjs';
import { packInto, tarballsIn } from './pack.mjs';

// What the cells of a run share, each made once and only when a cell asks for it: tarballs, Nodes,
// the sandbox, and one installed and compiled host for each Nest.
export class Workplace {
  #made = new Map();

  constructor({ folder, packed, newest }) {
    Object.assign(this, { folder, packed, options: { newest } });
  }

  tarballs() {
    const make = () =>
      this.packed ? tarballsIn(this.packed) : packInto(path.join(this.folder, 'packed'));
    return this.#once('tarballs', make);
  }

  async library() {
    return (await this.tarballs())['nestjs-glomopay'];
  }

  async node(major) {
    const make = () => findNodes(path.join(this.folder, 'nodes'), nodeVersions, this.options);
    return (await this.#once('nodes', make))[major];
  }

  async gateway(options) {
    const make = async () =>
      installSandbox(
        path.join(this.folder, 'gateway'),
        (await this.tarballs())['glomopay-sandbox'],
        this.options,
      );
    return (await this.#once('sandbox', make)).start(options);
  }

  // The host that the cells of a Nest share.
  host(name) {
    return this.#once(`host ${name}`, async () => {
      const ecosystem = ecosystems[name];
      const host = new HostFolder(path.join(this.folder, name), ecosystem);
      const packages = [await this.library(), ...ecosystem.withLibrary];
      await host.create({ packages, options: this.options });
      await host.add('app');
      await host.compile();
      return host;
    });
  }

  // A folder of a cell's own.
  own(name) {
    return path.join(this.folder, name);
  }

  #once(name, make) {
    if (!this.#made.has(name)) this.#made.set(name, make());
    return this.#made.get(name);
  }
}
