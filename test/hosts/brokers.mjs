import { randomBytes } from 'node:crypto';
import process from 'node:process';
import { connect as connectToRabbit } from 'amqplib';
import { AckPolicy, DiscardPolicy, jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect as connectToNats, nanos } from '@nats-io/transport-node';
import { BrokenLine } from './broken-line.mjs';

const rabbitUrl = new URL(process.env['TEST_RABBITMQ_URL'] ?? 'amqp://guest:guest@127.0.0.1:5672');
const natsUrl = new URL(process.env['TEST_NATS_URL'] ?? 'nats://127.0.0.1:4222');
const lineTo = ({ hostname, port }) => new BrokenLine({ host: hostname, port: Number(port) });

// A place on RabbitMQ of one host's own, which the host reaches over a line that can be cut.
async function rabbitmq() {
  const exchange = `hosts_${randomBytes(6).toString('hex')}`;
  const line = lineTo(rabbitUrl);
  await line.start();
  const connection = await connectToRabbit(rabbitUrl.href);
  const channel = await connection.createChannel();
  await channel.assertExchange(exchange, 'topic', { durable: true });
  const url = new URL(rabbitUrl);
  url.port = String(line.port);
  return {
    line,
    environment: { RABBITMQ_URL: url.href, OUTBOX_EXCHANGE: exchange },
    async open() {
      await channel.assertQueue(exchange, { durable: true });
      await channel.bindQueue(exchange, exchange, 'payment.*');
    },
    close: () => channel.deleteQueue(exchange),
    async next() {
      const got = await channel.get(exchange, { noAck: true });
      if (got === false) return undefined;
      const { properties, fields } = got;
      return {
        id: properties.messageId,
        isDurable: properties.deliveryMode === 2,
        topic: fields.routingKey,
        body: JSON.parse(got.content.toString()),
      };
    },
    async drop() {
      await channel.deleteQueue(exchange);
      await channel.deleteExchange(exchange);
      await connection.close();
      await line.cut();
    },
  };
}

// The same on NATS JetStream.
async function nats() {
  const subject = `hosts_${randomBytes(6).toString('hex')}`;
  const line = lineTo(natsUrl);
  await line.start();
  const connection = await connectToNats({ servers: natsUrl.host });
  const manager = await jetstreamManager(connection);
  const stream = jetstream(connection);
  return {
    line,
    environment: { NATS_URL: `127.0.0.1:${line.port}`, OUTBOX_SUBJECT: subject },
    async open() {
      await manager.streams.add({
        name: subject,
        subjects: [`${subject}.*`],
        discard: DiscardPolicy.New,
        duplicate_window: nanos(120_000),
      });
      await manager.consumers.add(subject, {
        durable_name: subject,
        ack_policy: AckPolicy.Explicit,
      });
    },
    close: () => manager.streams.delete(subject),
    async next() {
      const consumer = await stream.consumers.get(subject, subject);
      const message = await consumer.next({ expires: 1_000 });
      if (message === null) return undefined;
      message.ack();
      return {
        id: message.headers?.get('Nats-Msg-Id'),
        isDurable: true,
        topic: message.subject.replace(subject, 'payment'),
        body: message.json(),
      };
    },
    // Whether the broker itself drops a repeat of this id.
    async drops(id) {
      const { duplicate } = await stream.publish(`${subject}.succeeded`, '{}', { msgID: id });
      return duplicate;
    },
    async drop() {
      await manager.streams.delete(subject).catch(() => undefined);
      await connection.close();
      await line.cut();
    },
  };
}

export const brokers = { rabbitmq, nats };
