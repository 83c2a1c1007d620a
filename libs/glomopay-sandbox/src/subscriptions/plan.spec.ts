import { describe, expect, it } from '@jest/globals';
import { addMonths, charged, from, lastDate, movedTo, nextDate, passed, runAfter } from './plan.js';
import type { Plan } from './plan.js';

const at = (text: string): number => Date.parse(text);
const aPlan = (change: Partial<Plan> = {}): Plan => ({
  anchor: '2026-01-31',
  months: 1,
  next: 0,
  left: 4,
  ...change,
});

describe('addMonths', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-01-31', 2, '2026-03-31'],
    ['2026-12-31', 1, '2027-01-31'],
    ['2026-10-31', 6, '2027-04-30'],
    ['2028-02-29', 12, '2029-02-28'],
    ['2028-02-29', 48, '2032-02-29'],
    ['2026-05-15', 0, '2026-05-15'],
  ])('of %s and %d is %s', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected);
  });
});

describe('a plan', () => {
  it('keeps its own day where a month has it', () => {
    const days: (string | null)[] = [];
    for (let plan = aPlan(); plan.left > 0; plan = charged(plan)) days.push(nextDate(plan));
    expect(days).toEqual(['2026-01-31', '2026-02-28', '2026-03-31', '2026-04-30']);
  });

  it('ends with its last charge', () => {
    expect(lastDate(aPlan())).toBe('2026-04-30');
    const over = aPlan({ next: 4, left: 0 });
    expect([nextDate(over), lastDate(over)]).toEqual([null, '2026-04-30']);
  });

  it('makes up for a day without a charge at the end', () => {
    const plan = passed(aPlan());
    expect([nextDate(plan), lastDate(plan)]).toEqual(['2026-02-28', '2026-05-31']);
  });

  it('goes on from the day it was moved to', () => {
    const plan = charged(movedTo(charged(aPlan()), '2026-02-10'));
    expect([nextDate(plan), lastDate(plan)]).toEqual(['2026-03-10', '2026-04-10']);
  });

  it.each([
    ['2026-01-31T00:59:59.999Z', '2026-01-31'],
    ['2026-01-31T01:00:00.000Z', '2026-02-28'],
    ['2026-03-31T12:00:00.000Z', '2026-04-30'],
  ])('leaves out what has passed at %s', (moment, day) => {
    expect(nextDate(from(aPlan(), at(moment)))).toBe(day);
  });
});

describe('the run that charges a day', () => {
  it.each([
    ['2026-03-01', '2026-02-01T12:00:00.000Z', '2026-03-01T01:00:00.000Z'],
    ['2026-03-01', '2026-03-01T00:59:59.999Z', '2026-03-01T01:00:00.000Z'],
    ['2026-03-01', '2026-03-01T01:00:00.000Z', '2026-03-02T01:00:00.000Z'],
    ['2026-03-01', '2026-03-01T12:00:00.000Z', '2026-03-02T01:00:00.000Z'],
    ['2026-03-01', '2026-03-05T00:30:00.000Z', '2026-03-05T01:00:00.000Z'],
    ['2026-03-01', '2026-03-05T23:30:00.000Z', '2026-03-06T01:00:00.000Z'],
  ])('of %s after %s is at %s', (day, moment, run) => {
    expect(new Date(runAfter(day, at(moment))).toISOString()).toBe(run);
  });
});
