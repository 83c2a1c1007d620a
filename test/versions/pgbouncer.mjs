import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { command, freePort, startServer } from './processes.mjs';
import { debian } from './debian.mjs';
import { postgresOf } from './postgres.mjs';

// A PgBouncer of a release of Debian, each transaction on whatever connection is free, before a Postgres of
// ours. From 18 on that reports its `search_path`, so that the pooler can follow it; of what else a client
// sets at its start nothing arrives.
export function pgbouncerOf(release, postgres, settings = {}) {
  return async (folder) => {
    const root = await debian(folder, release, ['pgbouncer']);
    const behind = await postgresOf(postgres)(folder);
    const { port: target } = new URL(behind.env.TEST_DATABASE_URL);
    const port = await freePort();
    const lines = Object.entries({
      listen_addr: '127.0.0.1',
      listen_port: port,
      unix_socket_dir: '',
      auth_type: 'any',
      pool_mode: 'transaction',
      default_pool_size: 12,
      max_client_conn: 500,
      ignore_startup_parameters: 'options,extra_float_digits',
      track_extra_parameters: 'IntervalStyle,search_path',
      ...settings,
    }).map(([name, value]) => `${name} = ${value}`);
    const databases = `* = host=127.0.0.1 port=${target} user=postgres`;
    const text = ['[databases]', databases, '[pgbouncer]', ...lines, ''].join('\n');
    await writeFile(path.join(root, 'etc/pooler.ini'), text);
    const log = path.join(folder, 'pgbouncer.log');
    const args = ['--userspec=postgres', root, 'pgbouncer', '/etc/pooler.ini'];
    const stop = await startServer('chroot', args, { port, log }).catch(async (error) => {
      await behind.stop();
      throw error;
    });
    const [version] =
      /\d+\.\d+\.\d+/.exec(await command('chroot', [root, 'pgbouncer', '-V'])) ?? [];
    return {
      version: `${version}, PostgreSQL ${behind.version}`,
      env: {
        TEST_DATABASE_URL: `postgres://postgres@127.0.0.1:${port}/postgres`,
        TEST_POOLER: 'transaction',
      },
      async stop() {
        await stop();
        await behind.stop();
      },
    };
  };
}
