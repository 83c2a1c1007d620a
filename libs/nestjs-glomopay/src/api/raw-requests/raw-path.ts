import { idPrefixes } from '../../values/ids.js';
import { checkedSegment, type CheckedId } from '../../wire/checked-id.js';

/** Longer than any path of the gateway with two ids in it. */
const LONGEST = 512;
/**
 * Plain segments only. What a server or proxy might read otherwise than it is written is not sent: dots,
 * percent signs, backslashes, empty segments, a query, a fragment. Nor is a run of digits as long as a card
 * number; no id of the gateway has one.
 */
const GRAMMAR = /^\/api\/v[12](?:\/(?![A-Za-z_-]*\d{12})[A-Za-z0-9_-]{1,128})+$/;
/** Words as the gateway's paths have them: `balance_conversions`, `mock-review`. No id of its own form is one. */
const WORDS = /^[a-z]{1,24}(?:[_-][a-z]{1,24}){0,4}$/;
const ID_START = new RegExp(`^(?:${[...Object.values(idPrefixes), 'payin', 'pout'].join('|')})_`);

/** A path whose segments are told apart: what may be shown, and what may be an id. */
export interface RawPath {
  /** With a named place for each segment that is no word. */
  readonly template: string;
  readonly places: Readonly<Record<string, CheckedId>>;
}

/** Reads a path, or gives undefined for one that is not in the grammar. */
export function rawPath(path: unknown): RawPath | undefined {
  if (typeof path !== 'string' || path.length > LONGEST || !GRAMMAR.test(path)) return undefined;
  const places: Record<string, CheckedId> = {};
  const [, api, version, ...segments] = path.split('/');
  const shown = segments.map((segment, index) => {
    if (WORDS.test(segment) && !ID_START.test(segment)) return segment;
    const place = `segment${index}`;
    places[place] = checkedSegment(segment);
    return `{${place}}`;
  });
  return { template: ['', api, version, ...shown].join('/'), places };
}
