import { randomInt } from 'node:crypto';
import type { ScriptedAnswer } from './scripted-answer.js';

/** An object of the gateway, in its own names. */
export type GatewayRecord = Readonly<Record<string, unknown>> & { readonly id: string };

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const DEFAULT_PAGE = 20;

/** A new id; letters only, so that nothing in it looks like a card. */
export function newId(prefix: string): string {
  return `${prefix}_${Array.from({ length: 14 }, () => LETTERS[randomInt(26)]).join('')}`;
}

/** What every new object has. */
export function begun(prefix: string) {
  const now = timestamp();
  return { id: newId(prefix), status: 'active', created_at: now, updated_at: now };
}

export function timestamp(): string {
  return new Date().toISOString();
}

/** The objects of one kind, with what finds them again. */
export class GatewayObjects {
  readonly #records = new Map<string, GatewayRecord>();
  readonly #requestIds = new Map<string, string>();

  /** @param members what it must have, as the parent's id. */
  get(id = '', members: Readonly<Record<string, string>> = {}): GatewayRecord | undefined {
    const record = this.#records.get(id);
    const fits = Object.entries(members).every(([name, value]) => record?.[name] === value);
    return fits ? record : undefined;
  }

  put(record: GatewayRecord, requestId?: unknown): GatewayRecord {
    this.#records.set(record.id, record);
    if (typeof requestId === 'string') this.#requestIds.set(requestId, record.id);
    return record;
  }

  isKnown(requestId: unknown): boolean {
    return typeof requestId === 'string' && this.#requestIds.has(requestId);
  }

  /** A page of what matches, newest first. A filter is the name of a member, or has another one here. */
  page(
    query: Readonly<Record<string, string>>,
    memberOf: Readonly<Record<string, string>> = {},
  ): ScriptedAnswer {
    const {
      page = '1',
      per_page = String(DEFAULT_PAGE),
      request_id,
      before,
      after,
      ...filters
    } = query;
    const matching = [...this.#records.values()]
      .toReversed()
      .filter(
        (record) =>
          (request_id === undefined || this.#requestIds.get(request_id) === record.id) &&
          isBetween(String(record['created_at']), after, before) &&
          Object.entries(filters).every(
            ([name, value]) => record[memberOf[name] ?? name] === value,
          ),
      );
    return { body: cut(matching, Number(page), Number(per_page)) };
  }
}

function isBetween(created: string, after = '', before = '~'): boolean {
  // ISO 8601 in UTC sorts like the time it names; `~` makes a bare date its end.
  return created >= after && created <= `${before}~`;
}

function cut(matching: readonly GatewayRecord[], page: number, perPage: number) {
  const pages = Math.ceil(matching.length / perPage);
  return {
    data: matching.slice((page - 1) * perPage, page * perPage),
    page_meta: {
      current: page,
      previous: page > 1 ? page - 1 : null,
      next: page < pages ? page + 1 : null,
      per_page: perPage,
      pages,
      count: matching.length,
    },
  };
}
