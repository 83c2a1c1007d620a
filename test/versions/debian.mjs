import { chmod, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { command } from './processes.mjs';

const QUIET = { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };

// A folder with a release of Debian and some of its packages, for servers that are run in it (`chroot`) and
// touch nothing of this machine. It needs root. What was made once is used again.
export async function debian(folder, release, packages) {
  if (process.getuid?.() !== 0) throw new Error(`Only root can make a folder of Debian ${release}`);
  const root = path.join(folder, release);
  if (!(await isThere(path.join(root, 'made')))) {
    if (!(await isThere('/usr/sbin/debootstrap'))) {
      await command('apt-get', ['update'], QUIET);
      await command('apt-get', ['install', '-y', '--no-install-recommends', 'debootstrap'], QUIET);
    }
    await command('debootstrap', ['--variant=minbase', release, root]);
    // No package starts a server by itself.
    await writeFile(path.join(root, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n');
    await chmod(path.join(root, 'usr/sbin/policy-rc.d'), 0o755);
    await writeFile(path.join(root, 'made'), '');
  }
  const install = ['apt-get', 'install', '-y', '--no-install-recommends', ...packages];
  await command('chroot', [root, ...install], QUIET);
  return root;
}

export async function isThere(file) {
  return stat(file).then(
    () => true,
    () => false,
  );
}
