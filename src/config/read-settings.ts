import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { EnvironmentVariables } from './environment-variables.js';
import { ShopConfigurationError } from './shop-configuration.error.js';
import { ShopSettings } from './shop-settings.js';

export type Environment = Readonly<Record<string, unknown>>;

/**
 * Checks the environment and fills in the defaults. A variable set to an empty text counts as not
 * set.
 *
 * @throws {ShopConfigurationError} one error that lists every fault.
 */
export function readSettings(environment: Environment): ShopSettings {
  const given = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => typeof value !== 'string' || value.trim()),
  );
  const variables = plainToInstance(EnvironmentVariables, given, { exposeDefaultValues: true });
  const faults = validateSync(variables, { stopAtFirstError: true }).flatMap((error) =>
    Object.values(error.constraints ?? {}),
  );
  const address = variables.PUBLIC_URL;
  const publicUrl = address === undefined ? localOrigin(variables) : publicOrigin(address);
  if (publicUrl === undefined) {
    faults.push(
      'PUBLIC_URL must be an https address without a path (http is for localhost only), such as https://shop.example.com',
    );
  }
  if (variables.GLOMOPAY_SECRET_KEY === undefined && variables.GLOMOPAY_BASE_URL !== undefined) {
    faults.push('GLOMOPAY_BASE_URL is set, so GLOMOPAY_SECRET_KEY is needed too');
  }
  if (variables.DATABASE_URL !== undefined && !isPostgresAddress(variables.DATABASE_URL)) {
    faults.push(
      'DATABASE_URL must be the address of a Postgres database, such as postgres://shop@localhost:5432/shop',
    );
  }
  if (variables.REDIS_URL !== undefined && !isRedisAddress(variables.REDIS_URL)) {
    faults.push('REDIS_URL must be the address of a Redis server, such as redis://localhost:6379');
  }
  if (publicUrl === undefined || faults.length > 0) {
    throw new ShopConfigurationError(faults);
  }
  return new ShopSettings(variables, publicUrl);
}

function localOrigin({ PORT }: EnvironmentVariables): string {
  return `http://localhost:${PORT}`;
}

function isPostgresAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return /^postgres(ql)?:$/.test(url?.protocol ?? '') && (url?.pathname ?? '').length > 1;
}

function isRedisAddress(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return /^rediss?:$/.test(url?.protocol ?? '') && (url?.hostname ?? '') !== '';
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The origin of a public address, or nothing if the address cannot be one. */
function publicOrigin(text: string): string | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || url.username || url.password || url.pathname !== '/' || url.search || url.hash) {
    return undefined;
  }
  const isAllowed =
    url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.has(url.hostname));
  return isAllowed ? url.origin : undefined;
}
