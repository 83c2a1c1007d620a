import { Controller, Get } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { GlomopayAccount, GlomopayAccounts, GlomopayModule } from 'nestjs-glomopay';

/** As spans and caches do. */
const wrapped: MethodDecorator = (_prototype, _method, descriptor) => {
  const original: unknown = descriptor.value;
  const wrapper = function (this: unknown, ...parameters: unknown[]): unknown {
    return typeof original === 'function' && Reflect.apply(original, this, parameters);
  };
  Object.assign(descriptor, { value: wrapper });
};

class Base {
  @wrapped
  @GlomopayAccount('emea')
  inherited(): void {}
}

@GlomopayAccount('emea')
class OfEmea {
  @wrapped
  plain(): void {}

  @wrapped
  @GlomopayAccount('apac')
  apac(): void {}
}

@Controller()
class Routes extends Base {
  @Get('above')
  @wrapped
  @GlomopayAccount('emea')
  above(): void {}

  @GlomopayAccount('emea')
  @wrapped
  below(): void {}

  @wrapped
  unmarked(): void {}

  @wrapped
  @GlomopayAccount<{ readonly tenant: string }>(({ tenant }) => tenant)
  chosen(): void {}
}

describe('GlomopayAccount on a route', () => {
  it.each([
    [Routes, 'above', 'emea'],
    [Routes, 'below', 'emea'],
    [Routes, 'inherited', 'emea'],
    [Routes, 'unmarked', 'default'],
    [Routes, 'chosen', 'apac'],
    [OfEmea, 'plain', 'emea'],
    [OfEmea, 'apac', 'apac'],
  ])('of %p.%s counts whatever decorator stands above it: %s', async (type, method, account) => {
    const options = { secretKey: 'a-secret-key', callbackUrl: 'https://shop.example/callback' };
    const app = await Test.createTestingModule({
      imports: [
        GlomopayModule.forRoot(options),
        GlomopayModule.forRoot({ ...options, name: 'emea' }),
        GlomopayModule.forRoot({ ...options, name: 'apac' }),
      ],
    }).compile();
    const found = app.get(GlomopayAccounts).of({
      getClass: () => type,
      getHandler: () => Reflect.get(type.prototype, method),
      switchToHttp: () => ({ getRequest: () => ({ tenant: 'apac' }) }),
    } as never);
    expect(found).toBe(account);
    await app.close();
  });
});
