import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Controller,
  Get,
  Inject,
  Query,
  ValidationPipe,
  type INestApplication,
} from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { GlomopayModule, OrderFilterDto, OrdersService } from 'nestjs-glomopay';
import { aPageBody } from '../support/library/bodies.js';
import { Recorder } from '../support/library/recorder.js';
import { aSecretKey } from '../support/library/secret-key.js';

@Controller()
class OrdersController {
  constructor(@Inject(OrdersService) private readonly orders: OrdersService) {}

  @Get('orders')
  async list(@Query() filter: OrderFilterDto): Promise<number> {
    return (await this.orders.list(filter)).count;
  }
}

let gateway: Recorder;
let host: INestApplication;

beforeAll(async () => {
  gateway = await Recorder.start({ body: aPageBody([]) });
  const module = await Test.createTestingModule({
    imports: [GlomopayModule.forRoot({ secretKey: aSecretKey(), baseUrl: gateway.url })],
    controllers: [OrdersController],
  }).compile();
  host = module.createNestApplication({ logger: false });
  host.useGlobalPipes(
    new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }),
  );
  await host.listen(0, '127.0.0.1');
});
beforeEach(() => gateway.reset());
afterAll(async () => {
  await host.close();
  await gateway.stop();
});

const ask = async (query: string): Promise<number> =>
  (await fetch(`${await host.getUrl()}/orders?${query}`)).status;

describe('a list filter as the query of a host', () => {
  it.each([
    'page=2&perPage=50&status=active',
    'page=2&per_page=50&status=active',
    'status=active&perPage=050&page=2',
  ])('has its numbers from texts, in either spelling: %s', async (query) => {
    await expect(ask(query)).resolves.toBe(200);
    expect(gateway.calls()).toEqual(['GET /api/v1/orders?page=2&per_page=50&status=active']);
  });

  it.each([
    'page=',
    'page=0',
    'page=-1',
    'page=1.5',
    'page=1e1',
    'page=%201',
    'page=0x10',
    'page=1&page=2',
    'page[a]=1',
    'page=99999999999999999999',
    'perPage=101',
    'customerId=order_1',
    'unknown=1',
  ])('is refused when it says %s', async (query) => {
    await expect(ask(query)).resolves.toBe(400);
    expect(gateway.requests).toEqual([]);
  });
});
