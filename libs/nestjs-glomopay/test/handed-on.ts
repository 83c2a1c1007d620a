/** Kept for the next test; further ones are ended, for a server has a limit of connections. */
const MOST_KEPT = 2;

/**
 * A database library with its connections, for the tests of a file one after the other: whoever ends it
 * leaves it to the next. To connect takes a server longer than most tests.
 */
export function handedOn<Asked extends readonly unknown[], Stack extends { end(): Promise<void> }>(
  open: (...asked: Asked) => Promise<Stack>,
) {
  const kept: Stack[] = [];
  return {
    async open(...asked: Asked): Promise<Stack> {
      const stack = kept.pop() ?? (await open(...asked));
      const end = async () => {
        if (kept.length < MOST_KEPT) kept.push(stack);
        else await stack.end();
      };
      return { ...stack, end };
    },
    /** Ends all that wait for a next test. */
    async end(): Promise<void> {
      await Promise.all(kept.splice(0).map((stack) => stack.end()));
    },
  };
}
