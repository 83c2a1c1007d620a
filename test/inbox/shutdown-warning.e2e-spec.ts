import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { type InboxHost, startInboxHost } from './inbox-host.js';

const WARNING = 'nothing listens to SIGTERM';

describe('A stop without shutdown hooks', () => {
  let host: InboxHost | undefined;
  // Timeouts alone: sockets and databases go on by themselves.
  beforeEach(() => {
    jest.useFakeTimers({
      doNotFake: [
        'setImmediate',
        'clearImmediate',
        'nextTick',
        'queueMicrotask',
        'performance',
        'Date',
      ],
    });
  });
  afterEach(async () => {
    jest.useRealTimers();
    await host?.close();
    host = undefined;
  });

  it.each([
    ['is warned of', false],
    ['is not warned of where the hooks are on', true],
  ])('%s', async (_, hooks) => {
    host = await startInboxHost('express');
    if (hooks) host.app.enableShutdownHooks();
    jest.advanceTimersByTime(5_300);
    expect(host.log.text.includes(WARNING)).toBe(!hooks);
  });
});
