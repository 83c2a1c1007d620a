import canonicalize from 'canonicalize';

/** Something that happened, as a webhook will tell it. */
export interface WebhookEvent {
  readonly entityType: string;
  readonly eventType: string;
  /** The object at this moment, as the API answers it. */
  readonly data: object;
  /** What would have told the object's state before, for the fault that sends it late. */
  readonly earlier?: WebhookEvent;
}

/** An event as it was told to every endpoint there was, be there none. */
export interface EmittedEvent {
  /** The sandbox's own; the gateway sends none. */
  readonly id: string;
  /** `payment.success` and the like. */
  readonly type: string;
  /** Canonical JSON. */
  readonly body: string;
  /** Milliseconds since the Unix epoch, on the sandbox's clock. */
  readonly emittedAt: number;
}

/** How an event is named: `payment.success`, `orders.paid`. */
export function typeOf({ entityType, eventType }: WebhookEvent): string {
  return `${entityType}.${eventType}`;
}

/**
 * The bytes of a webhook, as text: canonical JSON (RFC 8785), the form the gateway signs.
 *
 * @throws {TypeError} for data that JSON cannot carry: a cycle, NaN, half a surrogate pair.
 */
export function bodyOf({ entityType, eventType, data }: WebhookEvent): string {
  try {
    const body = canonicalize({ entity_type: entityType, event_type: eventType, data });
    if (body !== undefined) return body;
  } catch {
    // One message for all: the library's would not say whose data it was.
  }
  throw new TypeError('An event must be made of what JSON can carry');
}

/** What an event is about: those on one order or subscription, its payments included, keep their order. */
export function subjectOf({ data }: WebhookEvent): string | undefined {
  const fields = new Map<string, unknown>(Object.entries(data));
  const ids = [fields.get('payin_id'), fields.get('subscription_id'), fields.get('id')];
  return ids.find((id) => typeof id === 'string');
}
