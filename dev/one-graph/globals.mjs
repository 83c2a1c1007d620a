/**
 * What tests import from Jest: bindings that change with the file that runs, so that a helper that several
 * files import has been evaluated once and still means the present one.
 */
export let afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test;

/** Called by the runtime before each file. */
export function setGlobals(globals) {
  ({ afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest, test } = globals);
}
