import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { connect, type ChannelModel, type ConfirmChannel } from 'amqplib';
import { AfterPaymentOutcome, type EventDelivery, type PaymentOutcome } from 'nestjs-glomopay';

/** Tells RabbitMQ of each outcome, after its commit. What throws here is tried again later. */
@Injectable()
export class OutcomePublisher implements OnApplicationShutdown {
  readonly #url: string;
  readonly #exchange: string;
  readonly #returned = new Set<string>();
  #connection: ChannelModel | undefined;
  #opening: Promise<ConfirmChannel> | undefined;

  constructor(@Inject(ConfigService) config: ConfigService) {
    this.#url = config.getOrThrow('RABBITMQ_URL');
    this.#exchange = config.get('OUTBOX_EXCHANGE', 'payments');
  }

  @AfterPaymentOutcome({ name: 'outcomes-to-rabbitmq' })
  async publish(outcome: PaymentOutcome, delivery: EventDelivery): Promise<void> {
    const { reference, kind, paymentId, amount, currency } = outcome;
    const message = { reference, kind, outcome: outcome.outcome, paymentId, amount, currency };
    const channel = await (this.#opening ??= this.#open());
    // The same at every try, on whichever machine: consumers keep it and drop what they have had.
    const messageId = `${delivery.account}:${delivery.id}`;
    await new Promise<void>((confirmed, failed) => {
      // Aborts when another process may have the outcome, or this one stops.
      delivery.signal.addEventListener('abort', () => failed(delivery.signal.reason));
      channel.publish(
        this.#exchange,
        `payment.${outcome.outcome}`,
        Buffer.from(JSON.stringify(message)),
        // Persistent: it survives the broker. Mandatory: it comes back when no queue takes it.
        { messageId, persistent: true, mandatory: true, contentType: 'application/json' },
        // The broker has it on disk, or refuses it; also called when the channel closes.
        (refusal) => (refusal ? failed(refusal) : confirmed()),
      );
    });
    // What comes back does so before the broker confirms that it has seen it.
    if (this.#returned.delete(messageId)) throw new Error('no queue takes this message');
  }

  async onApplicationShutdown(): Promise<void> {
    await this.#connection?.close().catch(() => undefined);
  }

  async #open(): Promise<ConfirmChannel> {
    try {
      const connection = await connect(this.#url, { timeout: 5_000 });
      this.#connection = connection;
      // Without a listener the loss of a connection ends the process. The next try opens a new one.
      connection.on('error', () => undefined).on('close', () => (this.#opening = undefined));
      const channel = await connection.createConfirmChannel();
      const leave = () => connection.close().catch(() => undefined);
      channel.on('error', () => undefined).on('close', leave);
      channel.on('return', ({ properties }) => this.#returned.add(properties.messageId));
      await channel.assertExchange(this.#exchange, 'topic', { durable: true });
      return channel;
    } catch (refusal) {
      this.#opening = undefined;
      throw refusal;
    }
  }
}
