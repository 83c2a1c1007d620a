import { parseArgs } from 'node:util';
import { SCHEMA_VERSION, type Dialect } from '../tracking/store/schema-version.js';
import { reconcileCommand, reconcileUsage, type ReconcileCommand } from './reconcile-arguments.js';

/** What the program was asked to do. */
export type DoctorCommand =
  | { readonly kind: 'help' }
  | { readonly kind: 'usage'; readonly fault: string }
  | ReconcileCommand
  | { readonly kind: 'migrations'; readonly dialect: Dialect; readonly from: number }
  | {
      readonly kind: 'examine';
      readonly envFile: string | undefined;
      readonly host: string | undefined;
      readonly callbackPath: string | undefined;
      readonly webhookPaths: readonly string[];
    };

export const usage = `Usage: nestjs-glomopay doctor [options]

Looks at the keys, at the gateway, and at a running application, and says what to mend.
Reads GLOMOPAY_SECRET_KEY, GLOMOPAY_WEBHOOK_SECRET, GLOMOPAY_CALLBACK_URL, GLOMOPAY_ENVIRONMENT,
GLOMOPAY_BASE_URL and GLOMOPAY_PAYMENTS_PATH. Sends no key anywhere and calls no money endpoint.

Options:
  --env-file <file>    read the variables from a file first
  --host <url>         examine the application at this address, such as http://localhost:3000
  --callback <path>    path of the callback route (default: that of GLOMOPAY_CALLBACK_URL)
  --webhook <path>     path of a webhook route; may be repeated
  --help               show this

Ends with 0 when there is no fault, 1 when there is one, 2 when it was called wrongly.

Usage: nestjs-glomopay migrations --dialect <postgres|sqlite|mysql> [--from <version>]

Prints the SQL that makes the tables of tracking, for whoever runs it by hand and sets
migrate: false. --from is the version that the tables have (default: 0, there are none).
${reconcileUsage}`;

/** Reads the words of the command line. */
export function parseArguments(words: readonly string[]): DoctorCommand {
  try {
    return commandOf(words);
  } catch (thrown) {
    return { kind: 'usage', fault: String(Reflect.get(Object(thrown), 'message')) };
  }
}

function commandOf(words: readonly string[]): DoctorCommand {
  const [name, ...rest] = words;
  if (name === 'reconcile' && !rest.includes('--help')) return reconcileCommand(rest);
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      'env-file': { type: 'string' },
      host: { type: 'string' },
      callback: { type: 'string' },
      webhook: { type: 'string', multiple: true },
      help: { type: 'boolean' },
      dialect: { type: 'string' },
      from: { type: 'string' },
    },
  });
  if (values.help === true) return { kind: 'help' };
  if (positionals.length !== 1 || !['doctor', 'migrations'].includes(String(positionals[0]))) {
    return { kind: 'usage', fault: 'the commands are doctor, migrations and reconcile' };
  }
  const { dialect, from, ...others } = values;
  if (positionals[0] === 'migrations') {
    return Object.keys(others).length === 0
      ? migrationsCommand(dialect, from)
      : { kind: 'usage', fault: 'migrations takes --from and --dialect' };
  }
  if (dialect !== undefined || from !== undefined) {
    return { kind: 'usage', fault: '--dialect and --from belong to migrations' };
  }
  const paths = [values.callback, ...(values.webhook ?? [])].filter((path) => path !== undefined);
  if (paths.some((path) => !path.startsWith('/'))) {
    return { kind: 'usage', fault: 'a path starts with a slash' };
  }
  if (values.host !== undefined && !/^https?:\/\/[^/?#]+\/?$/.test(values.host)) {
    return { kind: 'usage', fault: '--host is an address such as http://localhost:3000' };
  }
  return {
    kind: 'examine',
    envFile: values['env-file'],
    host: values.host?.replace(/\/$/, ''),
    callbackPath: values.callback,
    webhookPaths: values.webhook ?? [],
  };
}

function migrationsCommand(dialect: string | undefined, from = '0'): DoctorCommand {
  if (dialect !== 'postgres' && dialect !== 'sqlite' && dialect !== 'mysql') {
    return { kind: 'usage', fault: '--dialect is postgres, sqlite or mysql' };
  }
  if (!/^\d{1,4}$/.test(from) || Number(from) > SCHEMA_VERSION) {
    return { kind: 'usage', fault: `--from is a version, 0 to ${SCHEMA_VERSION}` };
  }
  return { kind: 'migrations', dialect, from: Number(from) };
}
