import {
  isRunTimeName,
  type AccountOptions,
  type AccountRegistration,
} from '../config/account-source.js';
import { GlomopayConfigurationError } from '../errors/configuration.error.js';

/**
 * The name and the options of a registration, read one by one: what a getter throws may quote a value.
 *
 * @throws {GlomopayConfigurationError} it is no registration, or has no usable name.
 */
export function registrationParts(registration: AccountRegistration): {
  name: string;
  options: AccountOptions;
} {
  if (typeof registration !== 'object' || registration === null) {
    throw configuration('the account must be an object with a name and options');
  }
  let parts;
  try {
    parts = { ...registration };
  } catch {
    throw configuration('an option of the account cannot be read');
  }
  const { name, ...options } = parts;
  if (isRunTimeName(name)) return { name, options };
  throw configuration(
    'name must be 1 to 64 letters, digits, dots, dashes and underscores, a letter or digit first, and not default',
  );
}

function configuration(fault: string): GlomopayConfigurationError {
  return new GlomopayConfigurationError([fault]);
}
