import { registerAs } from '@nestjs/config';
import type { GlomopayModuleOptions } from './glomopay-options.js';

/** Environment variables that {@link glomopayConfig} reads, by option. */
const variables = {
  callbackUrl: 'GLOMOPAY_CALLBACK_URL',
  environment: 'GLOMOPAY_ENVIRONMENT',
  baseUrl: 'GLOMOPAY_BASE_URL',
  paymentsPath: 'GLOMOPAY_PAYMENTS_PATH',
} as const;

/**
 * The module's options from the environment, for `@nestjs/config`:
 * `GLOMOPAY_SECRET_KEY` and `GLOMOPAY_WEBHOOK_SECRET` (several separated by commas),
 * `GLOMOPAY_CALLBACK_URL`, `GLOMOPAY_ENVIRONMENT`, `GLOMOPAY_BASE_URL`, `GLOMOPAY_PAYMENTS_PATH`.
 * An empty variable counts as absent. The values are checked by the module, not here.
 *
 * @example
 * GlomopayModule.forRootAsync({
 *   imports: [ConfigModule.forFeature(glomopayConfig)],
 *   inject: [glomopayConfig.KEY],
 *   useFactory: (config: ConfigType<typeof glomopayConfig>) => config,
 * })
 */
export const glomopayConfig = registerAs('glomopay', (): GlomopayModuleOptions => {
  const texts = Object.fromEntries(
    Object.entries(variables)
      .map(([option, variable]) => [option, process.env[variable]?.trim()] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const webhookSecret = list('GLOMOPAY_WEBHOOK_SECRET');
  return {
    secretKey: list('GLOMOPAY_SECRET_KEY'),
    ...(webhookSecret.length > 0 && { webhookSecret }),
    ...texts,
  };
});

function list(variable: string): string[] {
  return (process.env[variable] ?? '')
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}
