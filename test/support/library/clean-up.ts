import { afterEach } from '@jest/globals';

/** Registers things to close after each test, the last opened first. */
export function cleanUp(): <T extends { stop(): Promise<void> } | { close(): Promise<void> }>(
  opened: T,
) => T {
  const open: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0).toReversed()) await close();
  });
  return (opened) => {
    open.push(() => ('stop' in opened ? opened.stop() : opened.close()));
    return opened;
  };
}
