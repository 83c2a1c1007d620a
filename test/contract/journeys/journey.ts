import type { SandboxAccount } from 'glomopay-sandbox';
import type { PlainClient } from '../plain-client.js';

/** A status, and whether the merchant's servers are told of it. */
export interface Place {
  readonly status: string;
  /** The catalogue has no such event, or says that nobody should rely on it. */
  readonly isUntold?: boolean;
}

/** The next status, and what brings the object there: a call, the time, or somebody's decision. */
export interface Step extends Place {
  readonly by: (gateway: PlainClient, id: string) => unknown;
}

/** The way of one object through its statuses. */
export interface Journey {
  readonly title: string;
  /** As events call it. */
  readonly entity: string;
  readonly path: string;
  readonly account?: Partial<SandboxAccount>;
  readonly begin: (gateway: PlainClient) => Promise<string>;
  readonly first: Place;
  readonly steps: readonly Step[];
  /** The rests of the paths of calls that change such an object. Where it ends they are all refused. */
  readonly changes: readonly string[];
}

const DAY_MS = 86_400_000;

export function days(count: number): Step['by'] {
  return ({ sandbox }) => sandbox.clock.advance(count * DAY_MS);
}

export function seconds(count: number): Step['by'] {
  return ({ sandbox }) => sandbox.clock.advance(count * 1000);
}

/** The call that changes the object, at the rest of its path. */
export function patch(path: string, rest: string, body?: object): Step['by'] {
  return (gateway, id) => gateway.call('PATCH', `${path}/${id}/${rest}`, body);
}

/** Sends every document that is asked for. */
export function answer(gateway: PlainClient): Promise<unknown> {
  const [rfi] = gateway.sandbox.rfis.list();
  const documents = rfi?.documents_required.map(({ rfi_doc_id }) => ({
    rfi_doc_id,
    doc_id: 'doc_6889e287Vfq',
  }));
  return gateway.call('PATCH', `/api/v1/rfis/${rfi?.id ?? ''}/respond`, { documents });
}

/** Ends the review of what was sent. */
export function review(outcome: 'approve' | 'reject' | 'ask_again'): Step['by'] {
  return ({ sandbox }) => sandbox.reviewRfi(sandbox.rfis.list()[0]?.id ?? '', outcome);
}
