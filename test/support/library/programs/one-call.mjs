// Makes one payment and one read with the library, and writes what became of them as JSON.
import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';

const { GlomopayModule, PaymentsService } = await import(process.env.LIBRARY);
const { BASE_URL, SECRET_KEY, PREPARE } = process.env;
if (PREPARE !== undefined) await import(PREPARE);

const dynamic = GlomopayModule.forRoot({
  secretKey: SECRET_KEY,
  baseUrl: BASE_URL,
  timeoutMs: 2_000,
});
const host = await NestFactory.createApplicationContext(dynamic, { logger: false });
const payments = host.get(PaymentsService);

async function outcomeOf(call) {
  try {
    await call();
    return { outcome: 'answered' };
  } catch ({ name, outcome, cause }) {
    return { name, outcome, cause: cause?.code };
  }
}

const payment = await outcomeOf(() =>
  payments.create({
    orderId: 'order_68c00b7btsthf',
    callbackUrl: 'https://shop.example/returned',
    card: {
      holderName: 'Jane Q Canary',
      number: '4111111111111111',
      expiryMonth: '09',
      expiryYear: '2030',
      cvv: '739',
    },
  }),
);
const read = await outcomeOf(() => payments.get('payt_691eeb9aV79Uk'));
await host.close();
process.stdout.write(JSON.stringify({ payment, read }));
