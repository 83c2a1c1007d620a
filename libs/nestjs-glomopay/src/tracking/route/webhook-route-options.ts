import { OptionChecks } from '../../config/option-checks.js';
import { GlomopayConfigurationError } from '../../errors/configuration.error.js';

const PLAIN_PATH = /^\/?[\w-]+(?:[/.][\w-]+)*$/;
/** The part of a path in which the account's name stands. */
const ACCOUNT_PART = '/:account';

const PLAIN =
  'webhooks.path must be a plain path such as /webhooks/glomopay: letters, digits, single dots, dashes and underscores between slashes';
const SHARED =
  'webhooks.path must be a plain path with one part :account, such as /webhooks/glomopay/:account';

/** The ready-made webhook route of an account. */
export interface WebhookRouteOptions {
  /** Where the gateway posts to, whatever global prefix or version the host has: `/webhooks/glomopay`. */
  readonly path: string;
  /**
   * Decorators of a route, such as the host's own `@Public()`. When the option is there, even empty,
   * the host's global guards, interceptors and filters run for this route and see them; without it
   * the route stands before all of that.
   *
   * @defaultValue none
   */
  readonly decorators?: readonly MethodDecorator[];
}

/** @throws {GlomopayConfigurationError} the path is not plain, or a decorator is none. */
export function checkedRoute(options: unknown): WebhookRouteOptions {
  return checked(options, (path) => PLAIN_PATH.test(path), PLAIN);
}

/**
 * The same for a route that serves many accounts: one part of its path is `:account`.
 *
 * @throws {GlomopayConfigurationError} the path has no such part or is not plain beside it, or a decorator
 *   is none.
 */
export function checkedSharedRoute(options: unknown): WebhookRouteOptions {
  return checked(options, isShared, SHARED);
}

/** Plain, but for one part that is the account's. */
function isShared(path: string): boolean {
  const [before = '', after, ...more] = `/${path}/`.split(`${ACCOUNT_PART}/`);
  const beside = [before, after ?? ''].map((part) => part.replace(/^\/+|\/+$/g, ''));
  if (after === undefined || more.length > 0) return false;
  return beside.every((part) => part === '' || PLAIN_PATH.test(part));
}

function checked(
  options: unknown,
  isRight: (path: string) => boolean,
  rule: string,
): WebhookRouteOptions {
  const checks = new OptionChecks();
  const { path, decorators } = checks.group('webhooks', options, ['path', 'decorators']);
  const isPlain = typeof path === 'string' && isRight(path);
  if (checks.faults.length === 0 && !isPlain) {
    checks.faults.push(rule);
  }
  if (decorators !== undefined && !isDecorators(decorators)) {
    checks.faults.push('webhooks.decorators must be a list of decorators');
  }
  if (checks.faults.length > 0 || !isPlain) throw new GlomopayConfigurationError(checks.faults);
  return {
    path: path.startsWith('/') ? path : `/${path}`,
    ...(isDecorators(decorators) && { decorators }),
  };
}

function isDecorators(value: unknown): value is readonly MethodDecorator[] {
  return Array.isArray(value) && value.every((entry) => typeof entry === 'function');
}
