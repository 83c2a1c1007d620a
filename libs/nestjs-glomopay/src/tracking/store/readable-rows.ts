import { Logger } from '@nestjs/common';
import type { Row } from './row.js';
import { UnreadableRowError } from './unreadable-row.error.js';
import { Seldom } from '../../values/seldom.js';

const QUIET_MS = 60_000;
const NAMED = 5;

/** What a list is made of, and how one of its rows is read and named. */
export interface RowReader<T> {
  /** For the log: `movement`. */
  readonly what: string;
  /** The columns that name a row. */
  readonly key: readonly string[];
  /** @throws {UnreadableRowError} a newer version has written the row. */
  readonly read: (row: Row) => T;
}

/**
 * Reads the lists of a store. Two versions of an application share a database while one replaces the
 * other, so a row that this version cannot read is left to the newer one: skipped, counted and said in
 * the log, by its key and column and nothing else.
 */
export class ReadableRows {
  readonly #logger = new Logger('Glomopay');
  readonly #seldom = new Seldom(QUIET_MS);
  #total = 0;

  of<T>(rows: readonly Row[], reader: RowReader<T>): T[] {
    const skipped: string[] = [];
    const read = rows.flatMap((row) => {
      try {
        return [reader.read(row)];
      } catch (thrown) {
        if (!(thrown instanceof UnreadableRowError)) throw thrown;
        const key = JSON.stringify(reader.key.map((column) => row[column]));
        skipped.push(`${key} (${thrown.column})`);
        return [];
      }
    });
    if (skipped.length > 0) this.#report(reader.what, skipped);
    return read;
  }

  /** The same for a list with a limit: rows that are skipped take no place in it. */
  async upTo<T>(
    limit: number,
    fetch: (limit: number) => Promise<readonly Row[]>,
    reader: RowReader<T>,
  ): Promise<T[]> {
    for (let asked = limit; ;) {
      const rows = await fetch(asked);
      const read = this.of(rows, reader);
      if (read.length >= limit || rows.length < asked) return read.slice(0, limit);
      asked += Math.max(limit, rows.length - read.length);
    }
  }

  /** Says each row once a minute, and the first few of many. */
  #report(what: string, rows: readonly string[]): void {
    this.#total += rows.length;
    const news = rows.filter((row) => this.#seldom.mayBeSaid(row));
    if (news.length === 0) return;
    const others = news.length > NAMED ? ` and ${news.length - NAMED} more` : '';
    this.#logger.error(
      `skipped ${what} ${news.slice(0, NAMED).join(', ')}${others}: written by a newer version of nestjs-glomopay (${this.#total} skipped since start)`,
    );
  }
}
