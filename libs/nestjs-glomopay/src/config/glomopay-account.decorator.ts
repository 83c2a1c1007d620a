import { SetMetadata } from '@nestjs/common';

/** Marks a route or handler with the merchant account that it belongs to. */
export const GLOMOPAY_ACCOUNT_OF = Symbol.for('nestjs-glomopay:account-of');

/** Names an account, or finds the name in a request (nothing of which is verified at that time). */
export type AccountOf<Request = unknown> = string | ((request: Request) => string | undefined);

/**
 * Says which merchant account a route, a controller or a handler belongs to.
 *
 * On a route, `CallbackSignatureGuard` and `WebhookSignatureGuard` verify under that account's keys;
 * a function chooses the account request by request. On `@OnPaymentOutcome()` and
 * `@OnGlomopayEvent()` methods, or their class, it narrows them to the account; without it they take
 * what every account brings. The unnamed account is `'default'`.
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
  return SetMetadata(GLOMOPAY_ACCOUNT_OF, account);
}

/** What is marked on a method, else on its class. */
export function accountMark(type: object, method: object): AccountOf<never> | undefined {
  return markOf(method) ?? markOf(type);
}

function markOf(target: object): AccountOf<never> | undefined {
  const mark: unknown = Reflect.getMetadata(GLOMOPAY_ACCOUNT_OF, target);
  const isMark = typeof mark === 'string' || typeof mark === 'function';
  return isMark ? (mark as AccountOf<never>) : undefined;
}
