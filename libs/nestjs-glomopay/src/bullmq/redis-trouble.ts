import { Logger } from '@nestjs/common';
import { Seldom } from '../values/seldom.js';

const QUIET_MS = 5_000;

/**
 * Says what is wrong with Redis or with the work, at most once in a few seconds each. Of an error it
 * says the code only: messages can quote commands, addresses and passwords.
 */
export class RedisTrouble {
  readonly #logger = new Logger('Glomopay');
  readonly #seldom = new Seldom(QUIET_MS);

  /** A command or a connection has failed; the work waits in the database. */
  redis(error: unknown): void {
    this.#say(`Redis does not do its part: ${codeOf(error)}; the work waits in the database`);
  }

  /** The store has failed, or a round of the sweeper. */
  work(what: string, error: unknown): void {
    this.#say(`${what} failed: ${textOf(error, 'name')}`);
  }

  #say(line: string): void {
    if (this.#seldom.mayBeSaid(line)) this.#logger.error(line);
  }
}

/** `ECONNREFUSED`, `WRONGPASS`, `OOM`; else the error's name. */
function codeOf(error: unknown): string {
  // What BullMQ's own scripts answer, for example when a flush has taken a running job away.
  if (typeof Reflect.get(Object(error), 'code') === 'number') return 'a job is not as it was left';
  const code = textOf(error, 'code');
  if (/^[A-Z_]+$/.test(code)) return code;
  // Redis begins what it refuses with a word of its own.
  return /^[A-Z]{3,}(?= )/.exec(textOf(error, 'message'))?.[0] ?? textOf(error, 'name');
}

function textOf(error: unknown, member: string): string {
  const value: unknown = Reflect.get(Object(error), member);
  return typeof value === 'string' ? value : 'unknown';
}
