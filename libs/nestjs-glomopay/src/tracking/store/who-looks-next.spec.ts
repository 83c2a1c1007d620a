import { describe, expect, it } from '@jest/globals';
import { whoLooksNext } from './who-looks-next.js';

describe('whoLooksNext', () => {
  it.each([
    ['created', null, 'sweeper'],
    ['attempted', null, 'sweeper'],
    ['needs_attention', 'no_outcome', 'person'],
    ['mismatch', 'amount_differs', 'person'],
    ['succeeded', 'terminal_conflict', 'person'],
    ['succeeded', 'compliance_rejected', 'person'],
    ['failed', 'terminal_conflict', 'person'],
    ['failed', 'arrived_late', 'person'],
    ['failed', 'charged_late', 'person'],
    ['needs_attention', 'unexpected_success', 'person'],
    ['succeeded', null, 'nobody'],
    ['failed', 'rejected', 'nobody'],
  ] as const)('sends %s (%s) to the %s', (state, reason, watcher) => {
    expect(whoLooksNext({ state, reason, resolution: null })).toBe(watcher);
    const closed = { state, reason, resolution: 'acknowledged' } as const;
    expect(whoLooksNext(closed)).toBe(watcher === 'person' ? 'nobody' : watcher);
  });
});
