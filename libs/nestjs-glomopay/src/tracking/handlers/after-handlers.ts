import { HandlerGroup } from './handler-group.js';
import type { Listener } from './listener.js';

/** The application's methods that hear of outcomes after the commit, of one sort of movement. */
export abstract class AfterHandlers extends HandlerGroup {
  /** What the outcomes are of; the middle of a follow-up's type. */
  abstract readonly about: 'payment' | 'refund';

  /** Who is to hear of an outcome. */
  listenersTo(outcome: object): readonly Listener[] {
    return this.handlers.map(({ name, call }) => ({
      name,
      hear: (delivery) => call(outcome, delivery),
    }));
  }
}
