import { checks } from './contract/checks.js';
import { erasures } from './contract/erasures.js';
import { followUps } from './contract/follow-ups.js';
import { handlers } from './contract/handlers.js';
import { upTo, type TrackingStoreHarness, everyKind } from './contract/harness.js';
import { histories } from './contract/histories.js';
import { inboxClaims } from './contract/inbox-claims.js';
import { inboxCommits } from './contract/inbox-commits.js';
import { inboxEvents } from './contract/inbox-events.js';
import { inboxUpkeep } from './contract/inbox-upkeep.js';
import { intents } from './contract/intents.js';
import { kinds } from './contract/kinds.js';
import { lookups } from './contract/lookups.js';
import { purges } from './contract/purges.js';
import { rivals } from './contract/rivals.js';
import { settlements } from './contract/settlements.js';
import { surroundings } from './contract/surroundings.js';
import { watches } from './contract/watches.js';
import { windows } from './contract/windows.js';

/** A test: give it to your runner. */
export interface TrackingStoreTest {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/**
 * The tests that every `TrackingStore` must pass, for any test runner.
 *
 * @param open Makes an empty database and a store on it; called once per test.
 *
 * @example
 * for (const { name, run } of trackingStoreContract(openMyStore)) it(name, run);
 */
export function trackingStoreContract<Tx>(
  open: () => Promise<TrackingStoreHarness<Tx>>,
): readonly TrackingStoreTest[] {
  const decided = [...intents, ...kinds, ...settlements, ...surroundings, ...rivals];
  const movements = [...decided, ...checks, ...watches];
  const asked = [...lookups, ...windows, ...histories, ...purges, ...erasures];
  const events = [...inboxEvents, ...inboxClaims, ...inboxCommits, ...inboxUpkeep, ...followUps];
  return [
    {
      name: 'makes its tables for 8 that start at once',
      run: () =>
        withHarness(open, async ({ store, another }) => {
          const others = await Promise.all(upTo(7).map(() => another()));
          await Promise.all([store, ...others].map((one) => one.migrate()));
          await store.counts('default', everyKind);
          await store.inbox.counts('default');
        }),
    },
    ...[...movements, ...asked, ...handlers, ...events].map(({ name, check }) => ({
      name,
      run: () =>
        withHarness(open, async (harness) => {
          await harness.store.migrate();
          await check(harness);
        }),
    })),
  ];
}

async function withHarness(
  open: () => Promise<TrackingStoreHarness>,
  check: (harness: TrackingStoreHarness) => Promise<void>,
): Promise<void> {
  const harness = await open();
  try {
    await check(harness);
  } finally {
    await harness.close();
  }
}
