import type { FastifyRequest } from 'fastify';
import { fieldLabel } from './field-label.js';
import { GatewayError } from './gateway-error.js';
import { queryOf } from './query-of.js';
import { parseInstant } from '../time/instant.js';

/** Which part of a list is asked for. */
export interface PageWindow {
  readonly page: number;
  readonly perPage: number;
  readonly before?: number | undefined;
  readonly after?: number | undefined;
}

const MAX_PER_PAGE = 100;
const DEFAULT_PER_PAGE = 20;

/**
 * Reads the query of a list. Unknown and repeated parameters are refused (INFERRED): a misspelt
 * filter that silently returned everything would look like a match.
 */
export class ListQuery {
  readonly #values: ReadonlyMap<string, string>;

  constructor(request: FastifyRequest, allowed: readonly string[]) {
    this.#values = queryOf(request);
    const known = new Set([...allowed, 'page', 'per_page', 'before', 'after']);
    const isKnown = [...this.#values.keys()].every((name) => known.has(name));
    if (!isKnown) throw GatewayError.badRequest('Unknown query parameter');
  }

  text(name: string): string | undefined {
    return this.#values.get(name);
  }

  oneOf<T extends string>(name: string, allowed: readonly T[]): T | undefined {
    const value = this.#values.get(name);
    if (value === undefined) return undefined;
    const found = allowed.find((candidate) => candidate === value);
    if (found === undefined) throw invalid(name);
    return found;
  }

  /** A text of the given form. */
  matching(name: string, pattern: RegExp): string | undefined {
    const value = this.#values.get(name);
    if (value !== undefined && !pattern.test(value)) throw invalid(name);
    return value;
  }

  window(): PageWindow {
    return {
      page: this.#count('page') ?? 1,
      perPage: Math.min(this.#count('per_page') ?? DEFAULT_PER_PAGE, MAX_PER_PAGE),
      before: this.#instant('before', 'end'),
      after: this.#instant('after', 'start'),
    };
  }

  #count(name: string): number | undefined {
    const value = this.#values.get(name);
    if (value === undefined) return undefined;
    if (!/^[1-9]\d{0,8}$/.test(value)) throw invalid(name);
    return Number(value);
  }

  #instant(name: string, bareDate: 'start' | 'end'): number | undefined {
    const value = this.#values.get(name);
    if (value === undefined) return undefined;
    const instant = parseInstant(value, bareDate);
    if (instant === undefined) throw invalid(name);
    return instant;
  }
}

// INFERRED text: bad filters are 400 in no documented words (docs/gateway.md, Lists and filters).
function invalid(name: string): GatewayError {
  return GatewayError.validation([`${fieldLabel('', name)} is invalid`]);
}
