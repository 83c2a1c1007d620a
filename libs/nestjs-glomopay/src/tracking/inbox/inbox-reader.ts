import { Inject, Injectable } from '@nestjs/common';
import { GlomopaySignatureError } from '../../errors/signature.error.js';
import { decodeEvent } from '../../webhooks/decode-event.js';
import type { EventDelivery } from '../../webhooks/event-delivery.js';
import type { GlomopayEvent } from '../../webhooks/glomopay-event.js';
import { readFollowUp } from '../movements/follow-up.js';
import { Movements } from '../movements/movement.js';
import { isFollowUpId } from '../store/event-key.js';
import type { ReceivedEvent } from '../store/inbox-event.js';
import { EventListeners } from './event-listeners.js';
import type { InboxMessage } from './inbox-message.js';

/** Reads the events of the inbox: those of the gateway, and our own, which follow outcomes. */
@Injectable()
export class InboxReader {
  readonly #listeners: EventListeners;
  readonly #movements: Movements;

  constructor(
    @Inject(EventListeners) listeners: EventListeners,
    @Inject(Movements) movements: Movements,
  ) {
    this.#listeners = listeners;
    this.#movements = movements;
  }

  /**
   * What an event says, or why it can never be read. The signature of a delivery was verified before it
   * was stored; a follow-up is known by its id, which no delivery can have.
   *
   * @throws {Error} only another version of the application knows what the follow-up is of.
   */
  read(event: ReceivedEvent): InboxMessage | string {
    return isFollowUpId(event.id) ? this.#followUp(event) : this.#delivery(event.body);
  }

  #followUp(event: ReceivedEvent): InboxMessage | string {
    const followUp = readFollowUp(event);
    if (followUp === undefined) return 'it is no outcome that was recorded under this id';
    const { type, objectId, kind, outcome } = followUp;
    const listeners = this.#movements.of(kind).audience.followers.listenersTo(outcome);
    return { type, objectId, listeners };
  }

  #delivery(body: Buffer): InboxMessage | string {
    try {
      return this.#heard(decodeEvent(body));
    } catch (thrown) {
      if (!(thrown instanceof GlomopaySignatureError)) throw thrown;
      return thrown.detail;
    }
  }

  #heard(event: GlomopayEvent): InboxMessage {
    const { type } = event;
    const listeners = this.#listeners.of(type).map(({ name, hear }) => ({
      name,
      hear: (delivery: EventDelivery) => hear(event, delivery),
    }));
    return { type, objectId: objectIdOf(event), listeners };
  }
}

function objectIdOf({ data }: GlomopayEvent): string | null {
  const id: unknown = Object.hasOwn(data, 'id') ? Reflect.get(data, 'id') : null;
  return typeof id === 'string' ? id : null;
}
