import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { MemoryTrackingStore } from '../store/memory/memory-tracking-store.js';
import type { HandlerNote } from '../store/handler-note.js';
import { notesOf, type StoreNotes } from './store-notes.js';

const noteOf = (handler: string): HandlerNote => ({ account: '', kind: 'outcome', handler });

describe('StoreNotes', () => {
  let now: number;
  let store: MemoryTrackingStore;
  let notes: StoreNotes;
  beforeEach(() => {
    jest.useFakeTimers();
    now = 1_000_000;
    store = new MemoryTrackingStore({ date: () => now });
    notes = notesOf(store);
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const minutesLater = async () => {
    now += 120_000;
    await jest.advanceTimersByTimeAsync(120_000);
    return Object.fromEntries(
      (await store.notedHandlers()).map(({ handler, seenMsAgo }) => [handler, seenMsAgo]),
    );
  };

  it('goes on noting what an application has that is still here, and nothing else', async () => {
    const first = [noteOf('Shop.record'), noteOf('Mail.send')];
    const second = [noteOf('Shop.record')];
    await notes.join(first);
    await notes.join(second);
    expect(await minutesLater()).toEqual({ 'Shop.record': 0, 'Mail.send': 0 });
    notes.leave(first);
    expect(await minutesLater()).toEqual({ 'Shop.record': 0, 'Mail.send': 120_000 });
    notes.leave(second);
    expect(await minutesLater()).toEqual({ 'Shop.record': 120_000, 'Mail.send': 240_000 });
  });
});
