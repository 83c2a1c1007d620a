import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { command, freePort, startServer } from './processes.mjs';
import { debian } from './debian.mjs';

const ROOT = `CREATE USER IF NOT EXISTS 'root'@'127.0.0.1' IDENTIFIED BY '';
GRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
`;

const MYSQL = {
  package: 'mysql-server-core',
  program: 'mysqld',
  make: (data) => ['mysqld', '--no-defaults', '--initialize-insecure', '--user=mysql', data],
  // It waits for the disk with every commit, twice: for its log of changes too, which is on by default.
  options: ['--mysqlx=OFF', '--secure-file-priv=', '--sync-binlog=0', '--skip-innodb-doublewrite'],
};

const MARIADB = {
  package: 'mariadb-server',
  program: 'mariadbd',
  make: (data) => ['mariadb-install-db', '--no-defaults', '--user=mysql', data],
  options: [],
};

// A server of a release of Debian, with an empty data folder and no password for root.
export function mysqlOf(release, kind = MYSQL) {
  return async (folder) => {
    const root = await debian(folder, release, [kind.package, 'adduser']);
    const isUser = command('chroot', [root, 'id', 'mysql']);
    await isUser.catch(() => command('chroot', [root, 'useradd', '-r', 'mysql']));
    const home = `/srv/${kind.program}`;
    await rm(path.join(root, home), { recursive: true, force: true });
    await mkdir(path.join(root, home), { recursive: true });
    await command('chroot', [root, 'chown', 'mysql', home]);
    await writeFile(path.join(root, home, 'root.sql'), ROOT);
    const data = `--datadir=${home}/data`;
    await command('chroot', [root, ...kind.make(data)]);
    const port = await freePort();
    const own = [`--port=${port}`, `--socket=${home}/socket`, `--pid-file=${home}/pid`];
    const all = ['--bind-address=127.0.0.1', '--skip-name-resolve', '--max-connections=500'];
    const init = [`--init-file=${home}/root.sql`, '--user=mysql', data];
    const args = [root, kind.program, '--no-defaults', ...own, ...all, ...init, ...kind.options];
    const stop = await startServer('chroot', args, {
      port,
      log: path.join(folder, `${release}.log`),
    });
    const version = /(\d+\.\d+\.\d+)/.exec(
      await command('chroot', [root, kind.program, '--no-defaults', '--version']),
    )?.[1];
    return { version, env: { TEST_MYSQL_URL: `mysql://root@127.0.0.1:${port}` }, stop };
  };
}

export const mariadbOf = (release) => mysqlOf(release, MARIADB);
