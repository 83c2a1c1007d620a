import { GlomopayConfigurationError } from '../../../errors/configuration.error.js';

/** What a database account has not got that the store needs. */
export interface MissingRights {
  /** What they are on, as a statement has it. */
  readonly on: string;
  /** As `GRANT` names them. */
  readonly rights: readonly string[];
  /** What to run. */
  readonly grant: string;
}

/**
 * Refuses a start whose statements the database would refuse later, with all that is missing.
 *
 * @param account The role or account, as the database names it.
 * @throws {GlomopayConfigurationError} a right is missing.
 */
export function assertRights(account: string, missing: readonly MissingRights[]): void {
  if (missing.length === 0) return;
  throw new GlomopayConfigurationError(
    missing.map(
      ({ on, rights, grant }) =>
        `store: its database role ${account} has no ${rights.join(', ')} on ${on}; the owner must run: ${grant}`,
    ),
  );
}
