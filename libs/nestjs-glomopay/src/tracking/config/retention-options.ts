import type { OptionChecks } from '../../config/option-checks.js';
import { KEY_DAYS, LEAST_KEY_DAYS } from '../store/purge-age.js';

/**
 * For how many days what has ended is kept. Whatever is not named is kept for ever, and nothing is ever
 * forgotten that is open or waits for a person.
 */
export interface RetentionOptions {
  /**
   * Days after which an event that was handled is forgotten with its payload, counted from its arrival.
   * What is open or parked stays. @defaultValue for ever
   */
  readonly eventsDays?: number;
  /**
   * Days after which the key of a forgotten event is, by which a late redelivery is still known; counted
   * from its arrival, and at least 5 more than `eventsDays`. @defaultValue 90 more than `eventsDays`
   */
  readonly keysDays?: number;
  /**
   * Days after which the history of a movement is forgotten, counted from its last change. The record
   * stays. @defaultValue for ever
   */
  readonly historyDays?: number;
}

/** What is kept for how long; undefined: for ever. */
export interface RetentionConfig {
  readonly eventsDays: number | undefined;
  readonly keysDays: number | undefined;
  readonly historyDays: number | undefined;
}

/** A hundred years. */
const MOST_DAYS = 36_500;
const UNUSED = 0;

/** Checks the options of the retention; none: everything is kept. */
export function retentionOptions(checks: OptionChecks, value: unknown): RetentionConfig {
  const given = checks.group('retention', value, ['eventsDays', 'keysDays', 'historyDays']);
  const days = (name: string, least: number): number | undefined =>
    given[name] === undefined
      ? undefined
      : checks.wholeNumber(`retention.${name}`, given[name], [least, MOST_DAYS], UNUSED);
  const eventsDays = days('eventsDays', 1);
  const historyDays = days('historyDays', 1);
  if (eventsDays === undefined) {
    if (given['keysDays'] !== undefined) {
      checks.faults.push(
        'retention.keysDays needs retention.eventsDays: the key of an event that is kept stays',
      );
    }
    return { eventsDays, keysDays: undefined, historyDays };
  }
  const keysDays = days('keysDays', eventsDays + LEAST_KEY_DAYS) ?? eventsDays + KEY_DAYS;
  return { eventsDays, keysDays, historyDays };
}
