import { inboxStates } from '../tracking/store/inbox-row.js';
import type { InboxFilter } from '../tracking/store/inbox-event.js';
import type { MovementKey } from '../tracking/movements/tracked-movements.js';
import type { TrackedKind } from '../tracking/store/tracked-record.js';
import { kinds } from '../tracking/store/tracked-row.js';
import type { Input } from './input.js';
import type { ReplayFilter } from './replay-many.js';

/** A page of a list. */
const USUAL = 50;
const MOST = 200;
const DAY_MS = 86_400_000;
/** Longer than that is for the command line, which nobody waits for with a browser open. */
export const MOST_DAYS = 31;

export function accountWish(input: Input): { readonly account: string } {
  return checked(input, { account: input.text('account') });
}

export function accountsWish(input: Input): {
  readonly after: string | undefined;
  readonly limit: number;
} {
  return checked(input, { after: input.optionalText('after'), limit: limitOf(input) });
}

export function listWish(input: Input): { readonly account: string; readonly limit: number } {
  return checked(input, { account: input.text('account'), limit: limitOf(input) });
}

export function movementWish(input: Input): {
  readonly account: string;
  readonly key: MovementKey;
} {
  return checked(input, { account: input.text('account'), key: keyOf(input) });
}

/** What closing needs beside them is checked by the library. */
export function closingWish(input: Input): {
  readonly account: string;
  readonly key: MovementKey;
  readonly as: unknown;
  readonly note: unknown;
} {
  return checked(input, {
    account: input.text('account'),
    key: keyOf(input),
    as: input.any('as'),
    note: input.any('note'),
  });
}

export function lookUpWish(input: Input): { readonly account: string; readonly text: string } {
  return checked(input, { account: input.text('account'), text: input.text('text').trim() });
}

export function eventWish(input: Input): { readonly account: string; readonly id: string } {
  return checked(input, { account: input.text('account'), id: input.text('id') });
}

export function eventsWish(input: Input): {
  readonly account: string;
  readonly filter: InboxFilter;
} {
  return checked(input, {
    account: input.text('account'),
    filter: {
      state: input.oneOf('state', inboxStates),
      objectId: input.optionalText('objectId'),
      before: input.moment('before'),
      limit: limitOf(input),
    },
  });
}

export function replayWish(input: Input): {
  readonly account: string;
  readonly filter: ReplayFilter;
} {
  return checked(input, {
    account: input.text('account'),
    filter: {
      type: input.optionalText('type'),
      objectId: input.optionalText('objectId'),
      before: input.moment('before'),
      limit: limitOf(input),
    },
  });
}

export function reconciliationWish(
  input: Input,
  now: number,
): {
  readonly account: string;
  readonly from: Date;
  readonly to: Date;
  readonly repair: boolean;
} {
  const from = input.moment('from');
  const to = input.moment('to') ?? new Date(now);
  if (from === undefined) input.fault('from', 'isDefined', 'must be given, as a time');
  else if (to.getTime() - from.getTime() > MOST_DAYS * DAY_MS) {
    const message = `must be at most ${MOST_DAYS} days before to; npx nestjs-glomopay reconcile compares longer times`;
    input.fault('from', 'isWithin', message);
  }
  return checked(input, {
    account: input.text('account'),
    from: from ?? to,
    to,
    repair: input.flag('repair'),
  });
}

function keyOf(input: Input): MovementKey {
  input.text('kind');
  const kind: TrackedKind | undefined = input.oneOf('kind', kinds);
  return { kind: kind ?? 'payment', requestId: input.text('requestId') };
}

function limitOf(input: Input): number {
  return input.count('limit', MOST, USUAL);
}

function checked<T>(input: Input, wish: T): T {
  input.assertNone();
  return wish;
}
