import { expect, it, jest } from '@jest/globals';

const VARIABLE = 'LEFT_BY_A_VISIT';
const EVENT = 'left-by-a-visit';
let visits = 0;

/** A test that looks for what other files have left, leaves all of it itself, and says how often. */
export function visit(): void {
  visits += 1;
  it(`is visit ${visits} of this module, and finds nothing of the others`, () => {
    expect({
      variable: process.env[VARIABLE],
      listeners: process.listenerCount(EVENT),
      max: Math.max(1, 2),
      isToday: Date.now() > Date.UTC(2026, 0),
      fetches: typeof fetch,
    }).toEqual({
      variable: undefined,
      listeners: 0,
      max: 2,
      isToday: true,
      fetches: 'function',
    });
    process.env[VARIABLE] = 'yes';
    process.on(EVENT, () => undefined);
    jest.spyOn(Math, 'max').mockReturnValue(7);
    jest.useFakeTimers({ now: 0 });
    Reflect.set(globalThis, 'fetch', 'gone');
  });
}
