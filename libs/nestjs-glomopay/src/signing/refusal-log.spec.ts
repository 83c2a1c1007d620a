import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger, type LoggerService } from '@nestjs/common';
import { RefusalLog } from './refusal-log.js';

const lines: string[] = [];
const keep = (message: unknown) => void lines.push(String(message));
const recorder: LoggerService = { log: keep, error: keep, warn: keep };

describe('RefusalLog', () => {
  beforeAll(() => Logger.overrideLogger(recorder));
  afterAll(() => Logger.overrideLogger(['log', 'error', 'warn']));
  beforeEach(() => void lines.splice(0));

  it('says the first refusal of each reason at once', () => {
    const log = new RefusalLog('callback');
    log.count('mismatch');
    log.count('malformed');
    expect(lines).toEqual([
      'callback refused: mismatch (1 since start)',
      'callback refused: malformed (1 since start)',
    ]);
  });

  it('stays quiet for a second and counts on, whatever comes', async () => {
    const log = new RefusalLog('callback');
    for (let count = 0; count < 10_000; count += 1) log.count('mismatch');
    expect(lines).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 1_050));
    log.count('mismatch');
    expect(lines.at(-1)).toBe('callback refused: mismatch (10001 since start)');
    expect(lines).toHaveLength(2);
  });

  it('tells the operator what to mend, beside the refusals and as seldom', () => {
    const log = new RefusalLog('webhook');
    for (let count = 0; count < 100; count += 1) log.countUnverifiable('mend this');
    log.count('malformed');
    expect(lines).toEqual([
      'webhook not verified (1 since start): mend this',
      'webhook refused: malformed (1 since start)',
    ]);
  });

  it('says as seldom that authentic messages cannot be kept', () => {
    const log = new RefusalLog('webhook');
    for (let count = 0; count < 100; count += 1) log.countUnstored();
    expect(lines).toEqual(['webhook not stored (1 since start): see to the database']);
  });

  it('says what did not arrive, was kept out or cannot be read, each as seldom', () => {
    const log = new RefusalLog('webhook');
    for (let count = 0; count < 100; count += 1) {
      log.count('too_slow');
      log.count('mismatch', 'keep the bytes');
      log.countKeptOut();
      log.countUnreadable('the body is not JSON');
    }
    expect(lines).toEqual([
      'webhook refused: too_slow (1 since start)',
      'webhook refused: mismatch (1 since start): keep the bytes',
      'webhook kept out (1 since start): a guard, interceptor or filter of the application ended it',
      'webhook taken, but not readable (1 since start): the body is not JSON',
    ]);
  });
});
