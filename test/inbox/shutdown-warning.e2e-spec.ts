import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type InboxHost, startInboxHost } from './inbox-host.js';

const WARNING = 'nothing listens to SIGTERM';

describe('A stop without shutdown hooks', () => {
  let host: InboxHost | undefined;
  afterEach(async () => {
    await host?.close();
    host = undefined;
  });

  it.each([
    ['is warned of', false],
    ['is not warned of where the hooks are on', true],
  ])(
    '%s',
    async (_, hooks) => {
      host = await startInboxHost('express');
      if (hooks) host.app.enableShutdownHooks();
      await sleep(5_300);
      expect(host.log.text.includes(WARNING)).toBe(!hooks);
    },
    15_000,
  );
});
