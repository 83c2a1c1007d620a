import { createRequire, register } from 'node:module';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import JestRuntime from 'jest-runtime';
import '../typescript.mjs';
import OneGraphEnvironment from './environment.mjs';
import { setGlobals } from './globals.mjs';
import { JestObject } from './jest-object.mjs';

register('./hooks.mjs', import.meta.url);
const require = createRequire(import.meta.url);
// It puts the matchers into the global scope once, where they have to stay.
createRequire(require.resolve('jest-circus/runner'))('@jest/expect');

/**
 * Jest loads a graph of modules for each test file anew, and a good part of the time goes there. Here Node loads
 * them, once for all the files of a worker: a module of the sources is the same one in each of them. A
 * file for which that is too little says `@jest-environment node` at its beginning and is run as Jest runs it.
 */
export default class OneGraphRuntime {
  #jest;
  #formatStack = Error.prepareStackTrace;

  constructor(config, environment, ...rest) {
    const own = environment instanceof OneGraphEnvironment;
    process.setSourceMapsEnabled(own);
    // oxlint-disable-next-line no-constructor-return
    if (!own) return new JestRuntime(config, environment, ...rest);
    this.#jest = new JestObject(config);
  }

  /** What runs the tests of a file keeps them in itself, so that each file has a new one. */
  requireInternalModule(path) {
    delete globalThis[Symbol.for('EVENT_HANDLERS')];
    delete require.cache[path];
    return require(path);
  }

  requireModule(path) {
    return require(path);
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  async unstable_importModule(path) {
    return import(pathToFileURL(path).href);
  }

  setGlobalsForRuntime(globals) {
    setGlobals({ ...globals, jest: this.#jest });
    // Jest's reads the maps that its own loader has written; Node reads those in the code.
    Error.prepareStackTrace = undefined;
  }

  getSourceMaps() {
    return null;
  }

  getAllCoverageInfoCopy() {
    return undefined;
  }

  enterTestCode() {}

  leaveTestCode() {}

  teardown() {
    this.#jest.giveBack();
    Error.prepareStackTrace = this.#formatStack;
  }
}
