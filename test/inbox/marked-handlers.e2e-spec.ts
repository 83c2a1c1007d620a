import { Injectable, type Provider } from '@nestjs/common';
import { afterEach, describe, expect, it } from '@jest/globals';
import { GlomopayAccount, OnGlomopayEvent, WebhookInbox } from 'nestjs-glomopay';
import { until } from '../support/until.js';
import { type InboxHost, startInboxHost } from './inbox-host.js';

/** As spans, caches and retries do: another function takes the method's place. */
const wrapped: MethodDecorator = (_prototype, _method, descriptor) => {
  const original: unknown = descriptor.value;
  if (typeof original !== 'function') throw new Error('It is not on a method');
  const wrapper = function (this: unknown, ...parameters: unknown[]): unknown {
    return Reflect.apply(original, this, parameters);
  };
  Object.assign(descriptor, { value: wrapper });
};

/** As `autobind` does: the method becomes one that is made for each instance. */
const bound: MethodDecorator = (_prototype, _method, descriptor) => {
  const original: unknown = descriptor.value;
  if (typeof original !== 'function') throw new Error('It is not on a method');
  delete descriptor.value;
  delete descriptor.writable;
  Object.assign(descriptor, {
    get(this: unknown) {
      return original.bind(this);
    },
  });
};

/** A class decorator that wraps every method, and one that puts a subclass in the class's place. */
function everyMethodWrapped(type: { readonly prototype: object }): void {
  for (const method of Object.getOwnPropertyNames(type.prototype)) {
    if (method === 'constructor') continue;
    const descriptor = Object.getOwnPropertyDescriptor(type.prototype, method) ?? {};
    wrapped(type.prototype, method, descriptor);
    Object.defineProperty(type.prototype, method, descriptor);
  }
}
function subclassed<T extends new (...parameters: never[]) => object>(type: T): T {
  const sub = class extends (type as new () => object) {};
  Object.defineProperty(sub, 'name', { value: type.name });
  return sub as unknown as T;
}

const symbol = Symbol('hear');

@Injectable()
class Wrapped {
  readonly heard: string[] = [];

  @wrapped
  @OnGlomopayEvent('*')
  above(): void {
    this.heard.push('above');
  }

  @OnGlomopayEvent('*')
  @wrapped
  below(): void {
    this.heard.push('below');
  }

  @OnGlomopayEvent('refund.success')
  @wrapped
  @OnGlomopayEvent('payout.success')
  between(): void {
    this.heard.push('between');
  }

  @bound
  @OnGlomopayEvent('*')
  bound(): void {
    this.heard.push('bound');
  }

  @OnGlomopayEvent('*')
  [symbol](): void {
    this.heard.push('symbol');
  }

  @wrapped
  @OnGlomopayEvent('*')
  @GlomopayAccount('emea')
  elsewhere(): void {
    this.heard.push('elsewhere');
  }

  @GlomopayAccount('emea')
  @wrapped
  @OnGlomopayEvent('*')
  elsewhereToo(): void {
    this.heard.push('elsewhere');
  }
}

@Injectable()
class Inheriting extends Wrapped {
  override below(): void {
    this.heard.push('an override without a decorator');
  }

  @OnGlomopayEvent('*', { name: 'override' })
  override above(): void {
    this.heard.push('override');
  }
}

@subclassed
@Injectable()
@everyMethodWrapped
@GlomopayAccount('emea')
class OfEmea {
  readonly heard: string[] = [];

  @OnGlomopayEvent('*')
  hear(): void {
    this.heard.push('emea');
  }
}

@subclassed
@everyMethodWrapped
@Injectable()
class ClassWrapped {
  readonly heard: string[] = [];

  @OnGlomopayEvent('*')
  hear(): void {
    this.heard.push('class');
  }
}

class Plain {
  declare readonly heard: string[];

  @OnGlomopayEvent('*')
  hear(): void {
    this.heard.push('mixed in');
  }
}

@Injectable()
class Named {
  readonly heard: string[] = [];

  @OnGlomopayEvent('refund.success', { name: 'refunds' })
  @OnGlomopayEvent('payout.success')
  hear(): void {
    this.heard.push('named');
  }
}

/** As mixins do: the methods of one class are given to another. */
@Injectable()
class Mixed {
  readonly heard: string[] = [];
}
Object.defineProperty(
  Mixed.prototype,
  'taken',
  Object.getOwnPropertyDescriptor(Plain.prototype, 'hear') ?? {},
);

describe('A method that listens to events', () => {
  let host: InboxHost | undefined;
  afterEach(async () => {
    await host?.close();
    host = undefined;
  });

  /** Boots with the providers, delivers one event, and gives who has handled it. */
  async function handlersOf(...providers: Provider[]): Promise<string[]> {
    host = await startInboxHost('express', { providers });
    await host.deliver({ data: { id: 'r1' }, entity_type: 'refund', event_type: 'success' });
    const inbox = host.app.get(WebhookInbox);
    await until(async () => (await inbox.counts()).open === 0);
    const [event] = await inbox.list();
    expect(event?.state).toBe('handled');
    const names = (event?.handlers ?? []).map(({ handler }) => handler);
    return names.filter((handler) => handler !== 'RefundTracker');
  }

  it('is found whatever decorator puts another function in its place', async () => {
    expect(await handlersOf(Wrapped)).toEqual([
      'Wrapped.Symbol(hear)',
      'Wrapped.above',
      'Wrapped.below',
      'Wrapped.between',
      'Wrapped.bound',
    ]);
    expect(host?.app.get(Wrapped).heard.toSorted()).toEqual([
      'above',
      'below',
      'between',
      'bound',
      'symbol',
    ]);
  });

  it('is inherited, and not by one that overrides it without a decorator, which is said', async () => {
    expect(await handlersOf(Inheriting)).toEqual([
      'Inheriting.Symbol(hear)',
      'Inheriting.between',
      'Inheriting.bound',
      'override',
    ]);
    expect(host?.app.get(Inheriting).heard).toContain('override');
    expect(host?.app.get(Inheriting).heard).not.toContain('above');
    expect(host?.log.text).toContain('Inheriting.below overrides a handler without a decorator');
    expect(host?.log.text).not.toContain('Inheriting.above overrides');
  });

  it('is found in a class that it was given to', async () => {
    expect(await handlersOf(Mixed)).toEqual(['Mixed.taken']);
    expect(host?.app.get(Mixed).heard).toEqual(['mixed in']);
  });

  it('stays one account’s in whatever its class is wrapped', async () => {
    expect(await handlersOf(OfEmea, ClassWrapped)).toEqual(['ClassWrapped.hear']);
    expect(host?.app.get(ClassWrapped).heard).toEqual(['class']);
  });

  it('keeps its progress under the name that it is given', async () => {
    expect(await handlersOf(Named)).toEqual(['refunds']);
    expect(host?.log.text).toContain('refunds (refund.success, payout.success)');
  });

  it.each(['', ' ', 'two words', 'a\nline', 'x'.repeat(129), 'PaymentTracker', 'RefundTracker'])(
    'refuses the name %j at boot',
    async (name) => {
      @Injectable()
      class Bad {
        @OnGlomopayEvent('*', { name })
        hear(): void {}
      }
      await expect(handlersOf(Bad)).rejects.toMatchObject({ code: 'GLOMOPAY_CONFIGURATION' });
    },
  );

  it('takes a name of 128 visible characters', async () => {
    const name = 'é'.repeat(128);
    @Injectable()
    class Long {
      @OnGlomopayEvent('*', { name })
      hear(): void {}
    }
    expect(await handlersOf(Long)).toEqual([name]);
  });

  it('refuses a name that two have, and two names of one, at boot', async () => {
    @Injectable()
    class Same {
      @OnGlomopayEvent('*', { name: 'refunds' })
      hear(): void {}
    }
    await expect(handlersOf(Named, Same)).rejects.toThrow('refunds');
    @Injectable()
    class Two {
      @OnGlomopayEvent('refund.success', { name: 'one' })
      @OnGlomopayEvent('payout.success', { name: 'other' })
      hear(): void {}
    }
    await expect(handlersOf(Two)).rejects.toThrow('Two.hear');
  });

  it('hears once per instance where its class stands behind several tokens', async () => {
    const eu = Symbol('eu');
    expect(
      await handlersOf(
        Named,
        { provide: 'us', useClass: Named },
        { provide: eu, useFactory: () => new Named() },
        { provide: 'alias', useExisting: eu },
      ),
    ).toEqual(['refunds', 'refunds@Symbol(eu)', 'refunds@us']);
    for (const token of [Named, 'us', eu]) {
      expect(host?.app.get<Named>(token).heard).toEqual(['named']);
    }
  });

  it('refuses instances that cannot be told apart', async () => {
    await expect(
      handlersOf(
        { provide: Symbol('same'), useClass: Named },
        { provide: Symbol('same'), useClass: Named },
      ),
    ).rejects.toThrow('refunds@Symbol(same)');
  });
});
