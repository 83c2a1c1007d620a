import { parseArgs } from 'node:util';
import {
  migrationsCommand,
  migrationsUsage,
  type MigrationsCommand,
} from './migrations-arguments.js';
import { reconcileCommand, reconcileUsage, type ReconcileCommand } from './reconcile-arguments.js';

/** What the program was asked to do. */
export type DoctorCommand =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'usage'; readonly fault: string; readonly text: string }
  | ReconcileCommand
  | MigrationsCommand
  | {
      readonly kind: 'examine';
      readonly envFile: string | undefined;
      readonly host: string | undefined;
      readonly callbackPath: string | undefined;
      readonly webhookPaths: readonly string[];
    };

const doctorUsage = `Usage: nestjs-glomopay doctor [options]

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
`;

const usages: ReadonlyMap<string | undefined, string> = new Map([
  ['doctor', doctorUsage],
  ['migrations', migrationsUsage.trimStart()],
  ['reconcile', reconcileUsage.trimStart()],
]);

/** Reads the words of the command line. */
export function parseArguments(words: readonly string[]): DoctorCommand {
  try {
    return commandOf(words);
  } catch (thrown) {
    return wrong(words, String(Reflect.get(Object(thrown), 'message')));
  }
}

function commandOf(words: readonly string[]): DoctorCommand {
  const [name, ...rest] = words;
  if (name === 'reconcile' && !rest.includes('--help')) return reconcileCommand(rest);
  if (name === 'migrations' && !rest.includes('--help')) return migrationsCommand(rest);
  const { values, positionals } = parseArgs({
    args: [...words],
    allowPositionals: true,
    options: {
      'env-file': { type: 'string' },
      host: { type: 'string' },
      callback: { type: 'string' },
      webhook: { type: 'string', multiple: true },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return { kind: 'help', text: usages.get(name) ?? everyUsage() };
  if (positionals.length !== 1 || positionals[0] !== 'doctor') {
    return wrong(words, 'the commands are doctor, migrations and reconcile');
  }
  const paths = [values.callback, ...(values.webhook ?? [])].filter((path) => path !== undefined);
  if (paths.some((path) => !path.startsWith('/'))) {
    return wrong(words, 'a path starts with a slash');
  }
  if (values.host !== undefined && !/^https?:\/\/[^/?#]+\/?$/.test(values.host)) {
    return wrong(words, '--host is an address such as http://localhost:3000');
  }
  return {
    kind: 'examine',
    envFile: values['env-file'],
    host: values.host?.replace(/\/$/, ''),
    callbackPath: values.callback,
    webhookPaths: values.webhook ?? [],
  };
}

/** What is wrong, and how the command that was meant is called: no others, which would hide the first line. */
function wrong([name]: readonly string[], fault: string): DoctorCommand {
  const text = usages.get(name) ?? 'nestjs-glomopay --help says how they are called.\n';
  return { kind: 'usage', fault, text };
}

function everyUsage(): string {
  return [...usages.values()].join('\n');
}
