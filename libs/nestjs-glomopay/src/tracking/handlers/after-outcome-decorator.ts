import { markMethod } from '../../config/method-marks.js';
import type { EventDelivery } from '../../webhooks/event-delivery.js';
import { markName, type HandlerOptions } from '../../webhooks/handler-name.js';

/** Fits on methods that take the outcome, and a delivery of any store. */
export interface AfterOutcomeDecorator<Outcome> {
  <Handler extends (outcome: Outcome, delivery: EventDelivery<never>) => unknown>(
    prototype: object,
    method: string | symbol,
    descriptor: TypedPropertyDescriptor<Handler>,
  ): void;
}

/** Marks a method, under the name that was given to it. */
export function afterOutcome<Outcome>(
  mark: symbol,
  names: symbol,
  { name }: HandlerOptions,
): AfterOutcomeDecorator<Outcome> {
  return (prototype, method, descriptor) => {
    markMethod(mark, true, prototype, method, descriptor);
    if (name !== undefined) markName(names, name, prototype, method, descriptor);
  };
}
