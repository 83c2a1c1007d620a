import type { BankDecision } from './bank-decision.js';
import type { GatewayRecord } from './gateway-objects.js';
import type { ScriptedAnswer } from './scripted-answer.js';

/** What a request says, in the gateway's own names. */
export type Body = Readonly<Record<string, unknown>>;

/**
 * One resource of the gateway in memory. From a row of three members it has create, get and list: a
 * created object is what was sent, with an id, a status and its times.
 */
export interface ScriptedResource {
  /**
   * Where its list is: `/api/v1/orders`. The ids of a nested path become members of its objects, by
   * which they are found again: `/api/v1/payouts/{payout_id}/documents`.
   */
  readonly path: string;
  /** How its ids begin: `order` for `order_…`. */
  readonly prefix: string;
  /** As the gateway's messages call it: "Order not found". */
  readonly kind: string;
  /** The members that filters of a list look at, where they are called otherwise. */
  readonly filters?: Readonly<Record<string, string>>;
  /** Whether a PATCH changes it. @defaultValue false */
  readonly changes?: boolean;
  /** What a new object has unless it was sent. */
  readonly defaults?: Body;
  /** Whether it knows such a create; if not, the script asks for an answer. @defaultValue always */
  readonly accepts?: (body: Body) => boolean;
  /** What a create makes, where that is more than what was sent. */
  readonly begin?: (body: Body, find: (id: unknown) => GatewayRecord | undefined) => Begun;
  /** The status of a create's answer. @defaultValue 201 */
  readonly createdStatus?: number;
  /** What a bank makes of one that is in progress. @defaultValue no bank has to do with it */
  readonly completed?: (
    record: GatewayRecord,
    decision: BankDecision,
    now: string,
  ) => GatewayRecord;
  /** What a create answers. @defaultValue the object */
  readonly created?: (record: GatewayRecord, path: string, body: Body) => object;
}

/** A new object, or why there is none. */
export type Begun = { readonly record: GatewayRecord } | { readonly refusal: ScriptedAnswer };
