/**
 * Waits for a promise, but not longer than the time.
 *
 * @param onLate Called when the time is over first: what it gives is the result, what it throws is
 *   thrown. A later result of the promise is ignored.
 */
export async function within<T, L>(
  ms: number,
  promise: Promise<T>,
  onLate: () => L,
): Promise<T | L> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    // A result that came while this process stood still is read before the immediate runs.
    timer = setTimeout(() => setImmediate(resolve, undefined), ms);
  });
  try {
    const first = await Promise.race([promise.then((result) => ({ result })), late]);
    return first === undefined ? onLate() : first.result;
  } finally {
    clearTimeout(timer);
  }
}

/** Whether a promise is kept within the time. False: it has rejected, or is not there yet. */
export function isDoneWithin(ms: number, promise: Promise<unknown>): Promise<boolean> {
  const done = promise.then(
    () => true,
    () => false,
  );
  return within(ms, done, () => false);
}
