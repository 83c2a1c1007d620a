import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Starts a script of this folder in a process of its own and waits until it serves. `ask` calls one
 * of the functions that it gave to `serve`.
 */
export async function startWorker(script, ...args) {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), args);
  const waiting = new Map();
  let lastId = 0;
  child.on('message', ({ id, output }) => {
    waiting.get(id)?.resolve(output);
    waiting.delete(id);
  });
  const ended = once(child, 'exit');
  child.once('exit', (code) => {
    for (const { reject } of waiting.values()) reject(new Error(`${script} ended with ${code}`));
  });
  const ask = (name, input) =>
    new Promise((resolve, reject) => {
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      child.send({ id: lastId, name, input });
    });
  const stop = async () => {
    if (child.connected) child.disconnect();
    await ended;
  };
  await ask('ready');
  return { ask, stop };
}

/** The other side: answers the questions of `startWorker` and ends with its parent. */
export function serve(functions) {
  process.on('message', async ({ id, name, input }) => {
    process.send({ id, output: name === 'ready' ? true : await functions[name](input) });
  });
  process.once('disconnect', () => process.exit(0));
}
