import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import {
  BadRequestException,
  Body,
  Controller,
  Inject,
  Post,
  ValidationPipe,
  type INestApplication,
  type ValidationError,
} from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { CreatePaymentDto, GlomopayModule, PaymentsService } from 'nestjs-glomopay';
import { aStartedPaymentBody } from '../support/library/bodies.js';
import { Recorder } from '../support/library/recorder.js';
import { aCard, aPayment } from '../support/library/requests.js';
import { aSecretKey } from '../support/library/secret-key.js';

@Controller()
class CheckoutController {
  constructor(@Inject(PaymentsService) private readonly payments: PaymentsService) {}

  @Post('pay')
  async pay(@Body() payment: CreatePaymentDto): Promise<unknown> {
    received.push(payment);
    const { paymentId } = await this.payments.create(payment);
    return { paymentId };
  }
}

const received: CreatePaymentDto[] = [];
const refused: ValidationError[][] = [];
let gateway: Recorder;
let host: INestApplication;
let address: string;

beforeAll(async () => {
  gateway = await Recorder.start({ status: 201, body: aStartedPaymentBody() });
  const module = await Test.createTestingModule({
    imports: [GlomopayModule.forRoot({ secretKey: aSecretKey(), baseUrl: gateway.url })],
    controllers: [CheckoutController],
  }).compile();
  host = module.createNestApplication({ logger: false });
  host.useGlobalPipes(
    new ValidationPipe({
      transform: true,
      whitelist: true,
      forbidNonWhitelisted: true,
      exceptionFactory: (errors) => {
        refused.push(errors);
        return new BadRequestException(errors);
      },
    }),
  );
  await host.listen(0, '127.0.0.1');
  address = await host.getUrl();
});
beforeEach(() => {
  gateway.reset();
  received.length = 0;
  refused.length = 0;
});
afterAll(async () => {
  await host.close();
  await gateway.stop();
});

async function pay(body: unknown): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${address}/pay`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, text: await answer.text() };
}

const wireCard = {
  holder_name: 'John Doe',
  number: '4111111111111111',
  expiry_month: '09',
  expiry_year: '2030',
  cvv: '739',
};
const wirePayment = {
  order_id: 'order_68c00b7btsthf',
  card: wireCard,
  callback_url: 'https://server.yoursite.com/payment/callback',
};

describe('CreatePaymentDto as @Body() behind a pipe that forbids unknown members', () => {
  it.each([
    ["the library's own spelling", aPayment({ card: aCard({ cvv: '739' }) })],
    ["the gateway's spelling", wirePayment],
    ['both spellings mixed', { ...aPayment(), card: wireCard }],
  ])('takes %s', async (_, body) => {
    expect(await pay(body)).toEqual({ status: 201, text: '{"paymentId":"payt_691eeb9aV79Uk"}' });
    expect(gateway.requests.map(({ json }) => json)).toEqual([{ method: 'card', ...wirePayment }]);
  });

  it('gives the handler a card that shows neither number nor code', async () => {
    await pay(wirePayment);
    const shown = inspect(received, { depth: 12, showHidden: true, getters: true });
    expect(`${shown}${JSON.stringify(received)}`).not.toMatch(/4111111111111111|739/);
    expect(JSON.stringify(received)).toContain('411111******1111');
  });

  const spoiled: [string, unknown][] = [
    ['a short number', { ...wirePayment, card: { ...wireCard, number: '41111111111' } }],
    ['a spaced number', { ...wirePayment, card: { ...wireCard, number: '4111 1111 1111 1111' } }],
    ['a numeric number', { ...wirePayment, card: { ...wireCard, number: 4111111111111111 } }],
    ['a number in a list', { ...wirePayment, card: { ...wireCard, number: ['4111111111111111'] } }],
    ['a long code', { ...wirePayment, card: { ...wireCard, cvv: '73973' } }],
    ['a numeric code', { ...wirePayment, card: { ...wireCard, cvv: 739 } }],
    ['a card that is a text', { ...wirePayment, card: '4111111111111111' }],
    ['a card that is a number', { ...wirePayment, card: 4111111111111111 }],
    ['a card that is a list', { ...wirePayment, card: ['4111111111111111'] }],
    ['a card that is a list of cards', { ...wirePayment, card: [wireCard] }],
    ['no order', { ...wirePayment, order_id: undefined }],
  ];

  it.each(spoiled)('refuses %s and shows no value of the card', async (_, body) => {
    const { status, text } = await pay(body);
    expect(status).toBe(400);
    expect(gateway.calls()).toEqual([]);
    expect(refused).toHaveLength(1);
    const shown = inspect(refused, { depth: 12, showHidden: true, getters: true });
    const raw = inspect(refused, { depth: 12, customInspect: false });
    expect(`${text}${shown}${raw}${JSON.stringify(refused)}`).not.toMatch(
      /41111111111|4111 1111|"739|'739|: 739|Jo[h]n Doe/,
    );
  });

  it('sends a request_id of null once only, because nothing guards it', async () => {
    gateway.always({ status: 500, body: { message: 'Internal Server Error' } });
    expect(await pay({ ...wirePayment, request_id: null })).toMatchObject({ status: 500 });
    expect(gateway.count('POST')).toBe(1);
  });
});
