import { parseArgs } from 'node:util';
import { DEFAULT_ACCOUNT } from '../config/glomopay.tokens.js';
import { isInstant } from '../values/calendar.js';

/** How differences are printed: for a person, as one JSON object a line, or for a spreadsheet. */
export const formats = ['table', 'json', 'csv'] as const;
export type Format = (typeof formats)[number];

/** What `nestjs-glomopay reconcile` was asked to do. */
export interface ReconcileCommand {
  readonly kind: 'reconcile';
  /** The compiled file that has the application's module. */
  readonly app: string;
  readonly export: string | undefined;
  readonly expectation: string | undefined;
  readonly account: string;
  readonly from: string;
  readonly to: string | undefined;
  readonly format: Format;
  readonly repair: boolean;
  readonly envFile: string | undefined;
}

export const reconcileUsage = `
Usage: nestjs-glomopay reconcile --app <file> --from <time> [options]

Compares the gateway's payments and refunds with the records of your application, and says in what
they differ. Starts the application without its routes; whatever else it does at its start, it does.

Options:
  --app <file>         compiled file with your module, such as dist/app.module.js
  --export <name>      the module in it, or a function that gives it (default: AppModule, then default)
  --from <time>        2026-01-31T12:00:00Z or 2026-01-31; UTC unless it says otherwise
  --to <time>          exclusive; a day is its end (default: now)
  --repair             mend what is safe to mend, and run the outcome handlers
  --expectation <name> function in the file, (payment, app) => what you expected of a payment that
                       no record knows; needs --repair to have an effect
  --account <name>     merchant account (default: ${DEFAULT_ACCOUNT})
  --format <format>    table, json (an object a line) or csv (default: table)
  --env-file <file>    read the variables from a file first

Ends with 0 when nothing differs or all was mended, 1 when something is left, 2 when it could not
compare to the end.
`;

/** @throws {Error} a word is not known, or what it names cannot be used. */
export function reconcileCommand(words: readonly string[]): ReconcileCommand {
  const { values } = parseArgs({
    args: [...words],
    options: {
      app: { type: 'string' },
      export: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
      repair: { type: 'boolean' },
      expectation: { type: 'string' },
      account: { type: 'string' },
      format: { type: 'string' },
      'env-file': { type: 'string' },
    },
  });
  const { app, from, to, format: named = 'table' } = values;
  const format = formats.find((known) => known === named);
  if (app === undefined) throw new Error('--app is the compiled file with your module');
  if (!isInstant(from)) throw new Error('--from is a time such as 2026-01-31T12:00:00Z, or a day');
  if (to !== undefined && !isInstant(to)) {
    throw new Error('--to is a time such as 2026-01-31T12:00:00Z, or a day');
  }
  if (format === undefined) throw new Error(`--format is one of ${formats.join(', ')}`);
  return {
    kind: 'reconcile',
    app,
    export: values.export,
    expectation: values.expectation,
    account: values.account ?? DEFAULT_ACCOUNT,
    from,
    to,
    format,
    repair: values.repair ?? false,
    envFile: values['env-file'],
  };
}
