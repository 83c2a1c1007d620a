import { setTimeout as pause } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { OnGlomopayEvent } from 'nestjs-glomopay';
import { randomOf } from '../storm/random.mjs';
import { decorate } from '../storm/decorate.mjs';

const SLOW_MS = 250;

// Three handlers that each leave one row per event. The second one is slow at times, so that kills
// meet it; the third one fails at times, before, inside and after its transaction.
export function handlersOf({ storage, seed, sabotage }) {
  const write = async (event, delivery, inside = async () => undefined) => {
    const effect = [event.id, delivery.handler];
    if (sabotage === 'outside-commit') await storage.insertOutside(effect);
    await delivery.commit(async (tx) => {
      if (sabotage !== 'outside-commit') await storage.insert(tx, effect);
      await inside();
    });
  };

  class Effects {
    first(event, delivery) {
      return write(event, delivery);
    }

    async second(event, delivery) {
      const random = randomOf(seed, 'second', event.id, delivery.attempt);
      await pause(random.chance(0.5) ? random.between(0, 20) : 0);
      await write(event, delivery, () => pause(random.chance(0.02) ? SLOW_MS : 0));
    }

    async third(event, delivery) {
      const random = randomOf(seed, 'third', event.id, delivery.attempt);
      const fate = random.weighted({ done: 80, before: 8, inside: 8, after: 4 });
      if (fate === 'before') throw new Error('failed before its transaction');
      await write(event, delivery, async () => {
        if (fate === 'inside') throw new Error('failed inside its transaction');
      });
      if (fate === 'after') throw new Error('failed after its transaction');
    }
  }

  const everything = [OnGlomopayEvent('*')];
  return decorate(Effects, [Injectable()], {
    first: everything,
    second: everything,
    third: everything,
  });
}
