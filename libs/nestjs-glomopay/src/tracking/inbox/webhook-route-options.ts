import { GlomopayConfigurationError } from '../../errors/configuration.error.js';

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

/** @throws {GlomopayConfigurationError} the path is not plain. */
export function checkedRoute(options: WebhookRouteOptions): WebhookRouteOptions {
  const { path } = options;
  if (/^\/?[\w-]+(?:[/.][\w-]+)*$/.test(path)) {
    return { ...options, path: path.startsWith('/') ? path : `/${path}` };
  }
  throw new GlomopayConfigurationError([
    'webhooks.path must be a plain path such as /webhooks/glomopay: letters, digits, single dots, dashes and underscores between slashes',
  ]);
}
