/** Waits for something that is told by a call. */
export function waitUntil(happens: (tell: () => void) => void): Promise<void> {
  return new Promise((resolve) => happens(resolve));
}
