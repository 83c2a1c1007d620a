import { spawn } from 'node:child_process';
import process from 'node:process';

const MOST_LINES = 40;
const LONGEST_LINE = 300;
// What a developer's shell has and a host needs; nothing of this project's own run.
const inherited = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'SystemRoot'];

export const plainEnvironment = () =>
  Object.fromEntries(
    inherited
      .filter((name) => process.env[name] !== undefined)
      .map((name) => [name, process.env[name]]),
  );

// Runs a command to its end and gives what it printed. Throws with the last lines of it when the
// command fails or takes too long.
export async function run(command, args, { cwd, environment = {}, timeoutMs = 300_000 } = {}) {
  const child = spawn(command, args, {
    cwd,
    env: { ...plainEnvironment(), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  const chunks = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => chunks.push(chunk));
  }
  const [code, signal] = await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (...ending) => resolve(ending));
  });
  const printed = Buffer.concat(chunks).toString();
  if (code === 0) return printed;
  const ending = signal === null ? `ended with ${code}` : `was ended by ${signal}`;
  const lines = printed.trimEnd().split('\n').slice(-MOST_LINES);
  const last = lines.map((line) => line.slice(0, LONGEST_LINE)).join('\n');
  throw new Error(`${command} ${args.slice(0, 2).join(' ')} ${ending}\n${last}`);
}
