let current = {};

/** Called by the runtime before each file. */
export function setGlobals(globals) {
  current = globals;
}

export const describe = that('describe');
export const it = that('it');
export const test = that('test');
export const expect = that('expect');
export const jest = that('jest');
export const beforeAll = that('beforeAll');
export const beforeEach = that('beforeEach');
export const afterEach = that('afterEach');
export const afterAll = that('afterAll');

/** A helper that several files import has been evaluated once, and still means the file that runs. */
function that(name) {
  return new Proxy(() => undefined, {
    apply: (_target, self, args) => Reflect.apply(current[name], self, args),
    get: (_target, member) => current[name][member],
  });
}
