import { GatewayError } from '../http/gateway-error.js';
import { isInCatalogue } from '../webhooks/event-catalogue.js';
import type { WebhookEntityType } from '../webhooks/event-catalogue.js';
import type { WebhookEvent } from '../webhooks/webhook-event.js';

/** For each status those that may follow it; a final one has none. */
export type Moves<Status extends string> = { readonly [From in Status]: readonly Status[] };

/** How one status of an object changes, and who hears of it. */
export interface LifecycleRules<Row, Status extends string> {
  readonly moves: Moves<Status>;
  readonly statusOf: (row: Row) => Status;
  /** What a move off the table is answered. @defaultValue 400 "State change not allowed" (INFERRED but for payouts) */
  readonly refusal?: (from: Status, to: Status) => GatewayError;
  /** @defaultValue nobody hears of it */
  readonly events?: StatusEvents<Row, Status>;
}

/** Which webhooks tell of a status. */
export interface StatusEvents<Row, Status extends string> {
  readonly publish: (event: WebhookEvent) => void;
  readonly entity: WebhookEntityType;
  /** The data of the event: the object as the API answers it. */
  readonly shown: (row: Row) => object;
  /** Statuses that are told also when an object begins with them. @defaultValue none */
  readonly atOpen?: readonly Status[];
  /** @defaultValue the status itself */
  readonly named?: (status: Status) => string;
}

/** What a book needs of a lifecycle. */
export interface Lifecycle<Row> {
  /** @returns whether the status changes. @throws {GatewayError} when it must not change so. */
  changes(before: Row, after: Row): boolean;
  /** Tells of an object that has been opened, or has changed its status. */
  tell(after: Row, before?: Row): void;
}

/** Reads a table of legal moves; a status outside the gateway's catalogue is told to nobody. */
export function lifecycle<Row, Status extends string>(
  rules: LifecycleRules<Row, Status>,
): Lifecycle<Row> {
  const { moves, statusOf, refusal = notAllowed, events } = rules;
  return {
    changes(before, after) {
      const [from, to] = [statusOf(before), statusOf(after)];
      if (from === to) return false;
      if (!moves[from].includes(to)) throw refusal(from, to);
      return true;
    },
    tell(after, before) {
      if (!events || (!before && !events.atOpen?.includes(statusOf(after)))) return;
      const event = eventOf(events, statusOf, after);
      const earlier = before && eventOf(events, statusOf, before);
      if (event) events.publish(earlier ? { ...event, earlier } : event);
    },
  };
}

function eventOf<Row, Status extends string>(
  { entity, shown, named = String }: StatusEvents<Row, Status>,
  statusOf: (row: Row) => Status,
  row: Row,
): WebhookEvent | undefined {
  const eventType = named(statusOf(row));
  if (!isInCatalogue(entity, eventType)) return undefined;
  return { entityType: entity, eventType, data: shown(row) };
}

function notAllowed(): GatewayError {
  return GatewayError.badRequest('State change not allowed');
}
