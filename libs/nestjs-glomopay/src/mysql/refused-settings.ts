import { GlomopayConfigurationError } from '../errors/configuration.error.js';

/** Whether a value is refused, in upper case; undefined where the server does not show the variable. */
type Refuses = (value: string | undefined) => boolean;

const isOn: Refuses = (value) => value !== undefined && value !== 'OFF';
const NO_WRITES =
  'its server takes no writes: it is a replica. Connect to the primary: what is decided about money is never read elsewhere';
const NO_WRITES_OF_SESSION = 'its sessions are read only; set that off for the application';

/** By variable, and why. MariaDB before 11.1 says `tx_read_only`. */
const REFUSED: Readonly<Record<string, readonly [Refuses, why: string]>> = {
  read_only: [isOn, NO_WRITES],
  innodb_read_only: [isOn, NO_WRITES],
  tx_read_only: [isOn, NO_WRITES_OF_SESSION],
  transaction_read_only: [isOn, NO_WRITES_OF_SESSION],
  // Behind each COMMIT the next transaction would begin, and what is written there be of nobody.
  completion_type: [
    (value) => value !== undefined && !['NO_CHAIN', '0'].includes(value),
    'its sessions begin a transaction behind each COMMIT, or end there; set it to NO_CHAIN',
  ],
  // It cuts off also what tells of it.
  sql_select_limit: [
    (value) => !(Number(value) >= 1e9),
    'its sessions leave out rows of what is read; set it to DEFAULT',
  ],
  sql_mode: [
    (value) => /ORACLE|EMPTY_STRING_IS_NULL/.test(value ?? ''),
    'its sessions take our statements for others; leave out ORACLE and EMPTY_STRING_IS_NULL',
  ],
};

/** What has to be asked for. */
export const DECISIVE: readonly string[] = Object.keys(REFUSED);

/**
 * Refuses what a session cannot be protected from. Where the tables are current a start writes nothing, so on
 * a replica it would succeed, and what is decided about money be read from one that lags; by an account, too,
 * that may write there all the same.
 *
 * @param settings In upper case.
 * @throws {GlomopayConfigurationError} the server takes no writes, or its sessions are set so.
 */
export function assertUsable(settings: ReadonlyMap<string, string>): void {
  const faults = Object.entries(REFUSED)
    .filter(([name, [refuses]]) => refuses(settings.get(name)))
    .map(([name, [, why]]) => `store: ${why} (${name})`);
  if (faults.length > 0) throw new GlomopayConfigurationError(faults);
}
