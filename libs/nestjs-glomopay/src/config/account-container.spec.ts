import 'reflect-metadata';
import { Inject, Injectable, Optional, type Provider } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { AccountContainer, blueprintOf } from './account-container.js';

const KEY = Symbol('key');
const told: string[] = [];

@Injectable()
class Engine {
  constructor(@Inject(KEY) readonly key: string) {}

  onModuleInit(): void {
    told.push('engine begins');
  }
  onApplicationShutdown(): void {
    told.push('engine ends');
  }
}

@Injectable()
class Car {
  constructor(
    @Inject(Engine) readonly engine: Engine,
    @Optional() @Inject('radio') readonly radio?: string,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await Promise.resolve();
    told.push('car begins');
  }
  async onModuleDestroy(): Promise<void> {
    await Promise.resolve();
    told.push('car ends');
  }
}

@Injectable()
class Taxi extends Car {}

@Injectable()
class Hen {
  constructor(@Inject('egg') readonly egg: unknown) {}
}

function container(
  providers: readonly Provider[],
  given: readonly [symbol | string, unknown][] = [],
) {
  return new AccountContainer(blueprintOf(providers), new Map<symbol | string, unknown>(given));
}

describe('AccountContainer', () => {
  it('makes classes with what their decorators say, each once', async () => {
    const cars = container([Car, Engine, { provide: KEY, useValue: 'k' }]);
    const [car, again] = await Promise.all([cars.resolve(Car), cars.resolve(Car)]);
    expect(car).toBeInstanceOf(Car);
    expect(again).toBe(car);
    expect(await cars.resolve(Engine)).toBe((car as Car).engine);
    expect((car as Car).engine.key).toBe('k');
    expect((car as Car).radio).toBeUndefined();
    expect(cars.get(Car)).toBe(car);
  });

  it('gives an optional dependency where there is one, and takes metadata from a parent class', async () => {
    const cars = container([
      { provide: Car, useClass: Taxi },
      Engine,
      { provide: KEY, useFactory: async () => Promise.resolve('later') },
      { provide: 'radio', useExisting: KEY },
    ]);
    const car = (await cars.resolve(Car)) as Car;
    expect(car).toBeInstanceOf(Taxi);
    expect([car.radio, car.engine.key]).toEqual(['later', 'later']);
  });

  it('awaits factories, and hands them what they inject', async () => {
    const made = container([
      {
        provide: 'sum',
        useFactory: async (one: number, other?: number, none?: number) => [one, other, none],
        inject: ['one', { token: 'two', optional: true }, { token: 'three', optional: true }],
      },
      { provide: 'one', useFactory: async () => 1 },
      { provide: 'two', useValue: 2 },
    ]);
    expect(await made.resolve('sum')).toEqual([1, 2, undefined]);
  });

  it('makes nothing that nobody asks for', async () => {
    const made = container([{ provide: 'never', useFactory: () => Promise.reject(new Error()) }]);
    expect(made.get('never')).toBeUndefined();
    await made.begin();
    await made.end();
  });

  it('takes the last of two providers, and what was given before all of them', async () => {
    const list = [
      { provide: 'a', useValue: 1 },
      { provide: 'a', useValue: 2 },
      { provide: 'b', useValue: 1 },
      { provide: 'c', useExisting: 'b' },
    ];
    const made = container(list, [['b', null]]);
    expect([await made.resolve('a'), await made.resolve('b')]).toEqual([2, null]);
    expect(await made.resolve('c')).toBeNull();
  });

  it('tries again what has failed', async () => {
    let isUp = false;
    const made = container([
      {
        provide: 'vault',
        useFactory: () => (isUp ? Promise.resolve('open') : Promise.reject(new Error('sealed'))),
      },
    ]);
    await expect(made.resolve('vault')).rejects.toThrow('sealed');
    isUp = true;
    expect(await made.resolve('vault')).toBe('open');
  });

  it('says what is missing, and what needs itself', async () => {
    const missing = container([Car, Engine]);
    await expect(missing.resolve(Car)).rejects.toThrow('nothing provides Symbol(key)');
    const circle = container([
      Hen,
      { provide: 'egg', useFactory: (hen: Hen) => hen, inject: [Hen] },
    ]);
    await expect(circle.resolve(Hen)).rejects.toThrow('Hen needs itself');
  });

  it('tells what it has made of its beginning and its end, and not what it was given', async () => {
    told.length = 0;
    const shared = {
      onModuleInit: () => told.push('shared'),
      onModuleDestroy: () => told.push('shared'),
    };
    const cars = container(
      [Car, Engine, { provide: KEY, useValue: 'k' }, { provide: 'radio', useExisting: 'shared' }],
      [['shared', shared]],
    );
    await cars.resolve(Engine);
    await cars.begin();
    await cars.resolve(Car);
    expect(told).toEqual(['engine begins', 'car begins']);
    await cars.end();
    expect(told.slice(2)).toEqual(['car ends', 'engine ends']);
  });

  it('ends everything, also when one fails', async () => {
    told.length = 0;
    const broken = { onModuleDestroy: () => Promise.reject(new Error('stuck')) };
    const cars = container([
      Engine,
      { provide: KEY, useValue: 'k' },
      { provide: 'broken', useFactory: () => broken },
    ]);
    await cars.resolve(Engine);
    await cars.resolve('broken');
    await expect(cars.end()).rejects.toThrow('stuck');
    expect(told).toEqual(['engine ends']);
  });
});
