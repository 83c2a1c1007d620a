// Lets a failing payment go unhandled, as a host that forgot its catch does. Node prints the error.
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';

const { GlomopayModule, PaymentsService, CardDto } = await import(process.env.LIBRARY);
const { BASE_URL, SECRET_KEY, CARD, WITH_REQUEST_ID } = process.env;

const dynamic = GlomopayModule.forRoot({
  secretKey: SECRET_KEY,
  baseUrl: BASE_URL,
  timeoutMs: 1_000,
});
const host = await NestFactory.createApplicationContext(dynamic, { logger: false });
const card = Object.assign(new CardDto(), JSON.parse(CARD));
void host.get(PaymentsService).create({
  orderId: 'order_68c00b7btsthf',
  callbackUrl: 'https://shop.example/returned',
  ...(WITH_REQUEST_ID === 'yes' && { requestId: 'shop-1' }),
  card,
});
