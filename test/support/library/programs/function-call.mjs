/**
 * One call of a function that nobody keeps alive: boots, takes an event in or works off what is due, and
 * returns without closing anything. Says what it has handled, and what would keep the process.
 */
import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import Database from 'libsql';

const { FILE, BODY, SIGNATURE, WORK, WEBHOOK_SECRET } = process.env;
const library = await import(process.env.LIBRARY);
const { SqliteTrackingStore } = await import(
  new URL('./sqlite/index.js', process.env.LIBRARY).href
);
const { GlomopayModule, GlomopayTrackingModule, ManualEngine, OnGlomopayEvent, WebhookInbox } =
  library;

const heard = [];
class Listener {
  hear({ type }) {
    heard.push(type);
  }
}
const hear = Object.getOwnPropertyDescriptor(Listener.prototype, 'hear');
OnGlomopayEvent('payment.success')(Listener.prototype, 'hear', hear);

const engine = new ManualEngine();
class AppModule {}
Module({
  imports: [
    GlomopayModule.forRoot({ secretKey: 'a-secret-key', webhookSecret: WEBHOOK_SECRET }),
    GlomopayTrackingModule.forRoot({
      store: new SqliteTrackingStore(() => new Database(FILE)),
      engine,
      // As everywhere else: with a ManualEngine these are nobody's timers.
      sweep: { everyMs: 1_000 },
      inbox: { pollEveryMs: 1_000 },
    }),
  ],
  providers: [Listener],
})(AppModule);
const app = await NestFactory.createApplicationContext(AppModule, { logger: ['error'] });

const inbox = app.get(WebhookInbox);
const receipt = BODY === undefined ? undefined : await inbox.receive(Buffer.from(BODY), SIGNATURE);
const worked = WORK === 'yes' ? await engine.workOff() : undefined;
const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
const { open } = await inbox.counts();
process.stdout.write(
  JSON.stringify({ duplicate: receipt?.duplicate, worked, heard, open, timers }),
);
