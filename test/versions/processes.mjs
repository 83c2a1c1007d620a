import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

// Runs a command to its end; what it printed is in the error when it fails.
export async function command(file, args, options = {}) {
  const { stdout } = await run(file, args, { maxBuffer: 64 * 1024 * 1024, ...options });
  return stdout.trim();
}

// A port that was free a moment ago.
export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

async function answers(port) {
  const socket = connect(port, '127.0.0.1');
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

// Starts a server, whose words go to a file, and waits until its port is open. Gives what ends it.
export async function startServer(file, args, { port, log, ...options }) {
  const out = openSync(log, 'a');
  const child = spawn(file, args, { stdio: ['ignore', out, out], ...options });
  const ended = once(child, 'exit');
  child.once('error', () => undefined);
  for (let tries = 0; !(await answers(port)); tries += 1) {
    if (child.exitCode !== null || tries > 300) {
      child.kill('SIGKILL');
      throw new Error(`${file} does not answer on port ${port}; what it said is in ${log}`);
    }
    await sleep(200);
  }
  return async () => {
    child.kill('SIGTERM');
    const late = setTimeout(() => child.kill('SIGKILL'), 20_000);
    await ended;
    clearTimeout(late);
  };
}
