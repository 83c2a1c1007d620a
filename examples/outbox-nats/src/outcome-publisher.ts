import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { jetstream, type JetStreamClient } from '@nats-io/jetstream';
import { connect, type NatsConnection } from '@nats-io/transport-node';
import { AfterPaymentOutcome, type EventDelivery, type PaymentOutcome } from 'nestjs-glomopay';

/** Tells NATS JetStream of each outcome, after its commit. What throws here is tried again later. */
@Injectable()
export class OutcomePublisher implements OnApplicationShutdown {
  readonly #servers: string;
  readonly #subject: string;
  #connection: NatsConnection | undefined;
  #opening: Promise<JetStreamClient> | undefined;

  constructor(@Inject(ConfigService) config: ConfigService) {
    this.#servers = config.getOrThrow('NATS_URL');
    this.#subject = config.get('OUTBOX_SUBJECT', 'payments');
  }

  @AfterPaymentOutcome({ name: 'outcomes-to-nats' })
  async publish(outcome: PaymentOutcome, delivery: EventDelivery): Promise<void> {
    const { reference, kind, paymentId, amount, currency } = outcome;
    const message = { reference, kind, outcome: outcome.outcome, paymentId, amount, currency };
    const stream = await (this.#opening ??= this.#open());
    // Kept when a stream has it on disk; without a stream, or without an answer, it throws. The id is
    // the same at every try, on whichever machine: within its duplicate_window the stream drops a
    // repeat by itself, and consumers drop later ones by the header Nats-Msg-Id.
    await stream.publish(`${this.#subject}.${outcome.outcome}`, JSON.stringify(message), {
      msgID: `${delivery.account}:${delivery.id}`,
      timeout: 5_000,
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#connection?.close();
  }

  async #open(): Promise<JetStreamClient> {
    try {
      // It connects again by itself, for ever; until then what is published is refused, and tried again.
      const connection = await connect({ servers: this.#servers, maxReconnectAttempts: -1 });
      this.#connection = connection;
      // Where its credentials have ended it is closed for good: the next try opens a new one.
      void connection.closed().then(() => (this.#opening = undefined));
      return jetstream(connection);
    } catch (refusal) {
      this.#opening = undefined;
      throw refusal;
    }
  }
}
