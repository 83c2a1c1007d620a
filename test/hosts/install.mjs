import process from 'node:process';
import { run } from './command.mjs';

// The registry as it was on this day, so that a package published since cannot turn a run red that
// has nothing to do with it. `--newest` lifts it.
const REGISTRY_DAY = '2026-11-15';

// How npm gets to the registry from here; hosts are given none of it.
const way = /^(?:npm_config_registry|https?_proxy|no_proxy|node_extra_ca_certs)$/i;
const environment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => way.test(name)),
);

// Installs what the folder's `package.json` names, and the given packages, as a user would: with the
// checks of npm on peers as errors, and without anybody's install scripts.
export async function install(folder, packages, { newest = false, flags = [] } = {}) {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'];
  const day = newest ? [] : [`--before=${REGISTRY_DAY}`];
  const args = ['install', ...quiet, ...day, ...flags, ...packages];
  await run('npm', args, { cwd: folder, environment, timeoutMs: 420_000 });
}
