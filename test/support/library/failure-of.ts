/** What a promise is rejected with; a promise that is kept fails the test. */
export async function failureOf(promise: Promise<unknown>): Promise<Error> {
  try {
    await promise;
  } catch (thrown) {
    if (thrown instanceof Error) return thrown;
    throw new TypeError('What was thrown is not an Error.', { cause: thrown });
  }
  throw new TypeError('Nothing was thrown.');
}
