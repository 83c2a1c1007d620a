import process from 'node:process';

/**
 * Node's own global scope, in place of a copy of it for each file. What a file changes there is given
 * back behind it; what a module adds when it is loaded stays, as the module does.
 */
export default class OneGraphEnvironment {
  global = globalThis;
  #giveBack = [
    keepMembers(globalThis, Object.keys(Object.getOwnPropertyDescriptors(globalThis))),
    // Jest itself replaces it for each file.
    keepMembers(process, ['exit']),
    keepVariables(process.env),
    keepExitCode(),
    keepListeners(process),
  ];

  getVmContext() {
    return null;
  }

  async setup() {}

  async teardown() {
    for (const giveBack of this.#giveBack) giveBack();
  }
}

function keepMembers(target, names) {
  const before = names.map((name) => [name, Object.getOwnPropertyDescriptor(target, name)]);
  return () => {
    for (const [name, descriptor] of before) {
      const now = Object.getOwnPropertyDescriptor(target, name);
      if (now?.value !== descriptor.value || now?.get !== descriptor.get) {
        Object.defineProperty(target, name, descriptor);
      }
    }
  };
}

function keepVariables(variables) {
  const before = { ...variables };
  return () => {
    for (const name of Object.keys(variables)) if (!(name in before)) delete variables[name];
    Object.assign(variables, before);
  };
}

function keepExitCode() {
  const before = process.exitCode;
  return () => void (process.exitCode = before);
}

/** Jest takes some away while a file runs, and does not bring them back after one that cannot be loaded. */
function keepListeners(emitter) {
  const listeners = () =>
    emitter.eventNames().flatMap((name) => emitter.rawListeners(name).map((one) => [name, one]));
  const before = listeners();
  return () => {
    const now = listeners();
    for (const added of now) if (!isAmong(before, added)) emitter.off(...added);
    for (const gone of before) if (!isAmong(now, gone)) emitter.on(...gone);
  };
}

function isAmong(list, [name, one]) {
  return list.some((other) => other[0] === name && other[1] === one);
}
