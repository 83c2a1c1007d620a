import 'reflect-metadata';
import { Injectable, Scope, type Provider } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { aPaymentRecord } from '../../../test/tracked-payments.js';
import { GlomopayAccount } from '../../config/glomopay-account.decorator.js';
import type { EventDelivery } from '../../webhooks/event-delivery.js';
import { GLOMOPAY_TRACKING_CONFIG } from '../config/tracking.tokens.js';
import { followUpOf } from '../movements/follow-up.js';
import type { Audience } from '../movements/audience.js';
import { Movements, type Movement } from '../movements/movement.js';
import { AfterRefundHandlers } from '../refunds/after-refund-handlers.js';
import { AfterRefundOutcome } from '../refunds/after-refund-outcome.decorator.js';
import { EventListeners } from './event-listeners.js';
import { InboxReader } from './inbox-reader.js';

@Injectable()
class Mail {
  readonly told: unknown[] = [];

  @AfterRefundOutcome({ name: 'refund-mail' })
  tell(outcome: { readonly outcome: string }, { id }: EventDelivery): void {
    this.told.push([outcome, id]);
  }

  @GlomopayAccount('emea')
  @AfterRefundOutcome()
  elsewhere(): void {}
}

@Injectable({ scope: Scope.REQUEST })
class OfRequest {
  @AfterRefundOutcome()
  tell(): void {}
}

@Injectable()
class Same {
  @AfterRefundOutcome({ name: 'refund-mail' })
  tell(): void {}
}

@Injectable()
class Invisible {
  @AfterRefundOutcome({ name: ' ' })
  tell(): void {}
}

describe('InboxReader', () => {
  const closing: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0)) await close();
  });

  async function aReader(...providers: readonly Provider[]) {
    const app = await Test.createTestingModule({
      providers: [
        ...providers,
        AfterRefundHandlers,
        InboxReader,
        { provide: GLOMOPAY_TRACKING_CONFIG, useValue: { account: 'default', work: true } },
        { provide: EventListeners, useValue: { of: () => [] } },
        {
          provide: Movements,
          useFactory: (followers: AfterRefundHandlers) =>
            new Movements([{ kind: 'refund', audience: refunds(followers) } as Movement]),
          inject: [AfterRefundHandlers],
        },
      ],
    }).compile();
    closing.push(() => app.close());
    app.useLogger(false);
    await app.init();
    const followers = app.get(AfterRefundHandlers);
    return { app, followers, reader: app.get(InboxReader) };
  }

  /** Refunds, as far as what follows them goes. */
  function refunds(followers: AfterRefundHandlers): Audience {
    const audience: Partial<Audience> = {
      followers,
      outcomeOf: ({ state }) => ({ outcome: state }),
    };
    return audience as Audience;
  }

  const aRefund = aPaymentRecord({ kind: 'refund', state: 'failed', objectId: 'rfnd_1' });

  it('gives the outcome of a refund to those who hear of refunds after the commit', async () => {
    const { app, followers, reader } = await aReader(Mail);
    const event = followUpOf(refunds(followers), aRefund);
    if (event === undefined) throw new Error('Nothing follows');
    const message = reader.read(event);
    expect(message).toMatchObject({
      type: 'after.refund.failed',
      objectId: 'rfnd_1',
      listeners: [{ name: 'refund-mail' }],
    });
    if (typeof message === 'string') throw new Error(message);
    const delivery = { id: event.id } as EventDelivery;
    for (const { hear } of message.listeners) hear(delivery);
    expect(app.get(Mail).told).toEqual([[{ outcome: 'failed' }, event.id]]);
  });

  it('notes them for other processes', async () => {
    const { followers } = await aReader(Mail);
    expect(followers.notes()).toEqual([
      { account: '', kind: 'after_refund_outcome', handler: 'refund-mail' },
    ]);
  });

  it('leaves a follow-up of a kind that only another version knows', async () => {
    const { followers, reader } = await aReader(Mail);
    const event = followUpOf(refunds(followers), { ...aRefund, kind: 'collection' });
    if (event === undefined) throw new Error('Nothing follows');
    expect(() => reader.read(event)).toThrow('nothing here tracks movements of kind collection');
  });

  it('reads a delivery as one, also when its body is that of a follow-up', async () => {
    const { followers, reader } = await aReader(Mail);
    const event = followUpOf(refunds(followers), aRefund);
    if (event === undefined) throw new Error('Nothing follows');
    expect(reader.read({ ...event, id: event.id.slice('after-'.length) })).toBe(
      'event.entity_type is missing or not a name',
    );
  });

  it.each([
    ['of a request', [OfRequest], 'OfRequest.tell'],
    ['with the name of another one', [Mail, Same], 'refund-mail'],
    ['with a name that cannot be seen', [Invisible], 'Invisible.tell'],
  ])('cannot start with a handler %s', async (_what, providers, named) => {
    await expect(aReader(...providers)).rejects.toThrow(named);
  });
});
