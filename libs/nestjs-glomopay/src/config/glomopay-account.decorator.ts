import { markMethod, membersOf, methodMark } from './method-marks.js';

/** Marks a route or handler with the merchant account that it belongs to. */
export const GLOMOPAY_ACCOUNT_OF = Symbol.for('nestjs-glomopay:account-of');

/** Names an account, or finds the name in a request, which is not verified at that time. */
export type AccountOf<Request = unknown> = string | ((request: Request) => string | undefined);

/**
 * Says which merchant account a route, a controller or a handler belongs to.
 *
 * On a route, `CallbackSignatureGuard` and `WebhookSignatureGuard` verify under that account's keys;
 * a function chooses the account request by request. On `@OnPaymentOutcome()`,
 * `@AfterPaymentOutcome()`, `@OnPaymentMilestone()`, their twins for refunds and `@OnGlomopayEvent()` methods,
 * or their class, it narrows them to the
 * account; without it they take what every account brings. The unnamed account is `'default'`.
 *
 * @example
 * @GlomopayAccount('emea')
 * @UseGuards(CallbackSignatureGuard)
 * @Get('emea/payment/callback')
 * finish(@VerifiedCallback() callback: GlomopayCallback) {}
 */
export function GlomopayAccount<Request = unknown>(
  account: AccountOf<Request>,
): ClassDecorator & MethodDecorator {
  return (target: object, method?: string | symbol, descriptor?: PropertyDescriptor): void => {
    if (method !== undefined) {
      markMethod(GLOMOPAY_ACCOUNT_OF, account, target, method, descriptor);
      return;
    }
    Reflect.defineMetadata(GLOMOPAY_ACCOUNT_OF, account, target);
    // A decorator above may put another class in its place, which has the methods of this one.
    const prototype = prototypeOf(target);
    if (prototype !== undefined) {
      Reflect.defineMetadata(GLOMOPAY_ACCOUNT_OF, account, prototype);
    }
  };
}

/** What is marked on a route's function, else on its class. */
export function accountMark(type: object, handler: object): AccountOf<never> | undefined {
  const prototype = prototypeOf(type);
  return (
    asMark(Reflect.getMetadata(GLOMOPAY_ACCOUNT_OF, handler)) ??
    (prototype === undefined ? undefined : markByName(prototype, handler)) ??
    classMark(type, prototype)
  );
}

/** What is marked on a method of a class, else on the class. */
export function accountMarkOf(
  prototype: object,
  method: string | symbol,
): AccountOf<never> | undefined {
  return (
    asMark(methodMark(GLOMOPAY_ACCOUNT_OF, prototype, method)) ??
    classMark(prototype.constructor, prototype)
  );
}

function classMark(type: object, prototype: object | undefined): AccountOf<never> | undefined {
  return (
    asMark(Reflect.getMetadata(GLOMOPAY_ACCOUNT_OF, type)) ??
    (prototype === undefined
      ? undefined
      : asMark(Reflect.getMetadata(GLOMOPAY_ACCOUNT_OF, prototype)))
  );
}

/** For a function that a decorator has put in the place of the marked one. */
function markByName(prototype: object, handler: object): AccountOf<never> | undefined {
  for (const method of membersOf(prototype)) {
    const mark = asMark(methodMark(GLOMOPAY_ACCOUNT_OF, prototype, method));
    if (mark !== undefined && Reflect.get(prototype, method) === handler) return mark;
  }
  return undefined;
}

function prototypeOf(type: object): object | undefined {
  const prototype: unknown = Reflect.get(type, 'prototype');
  return typeof prototype === 'object' && prototype !== null ? prototype : undefined;
}

function asMark(mark: unknown): AccountOf<never> | undefined {
  const isMark = typeof mark === 'string' || typeof mark === 'function';
  return isMark ? (mark as AccountOf<never>) : undefined;
}
