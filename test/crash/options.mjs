import { parseArgs } from 'node:util';
import { randomBytes } from 'node:crypto';
import { scenarioNames } from './scenarios.mjs';

const sabotages = ['double-effect', 'lost-outcome', 'lost-event'];

export const usage = `Usage: npm run test:crash -- [options]

  --seed TEXT          what every random choice comes from; printed, and new each time
  --payments NUMBER    checkouts in each scenario (48; with --long 1000, on two hosts 300)
  --kills NUMBER       kill -9 in each scenario (6; with --long 100, on two hosts 30)
  --cuts NUMBER        times that connections to Postgres are terminated (4; with --long as kills)
  --scenario NAME      ${scenarioNames.join(', ')} or all (all)
  --long               the long run
  --report FILE        writes { numPassedTests, numFailedTests, numPendingTests } as JSON
  --sabotage NAME      ${sabotages.join(', ')}: spoils the books, so that the run must fail
  --keep               keeps the working folder with the output of the hosts
`;

// The command line, read and checked. Throws with one line that says what is wrong.
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string' },
      payments: { type: 'string' },
      kills: { type: 'string' },
      cuts: { type: 'string' },
      scenario: { type: 'string', default: 'all' },
      long: { type: 'boolean', default: false },
      report: { type: 'string' },
      sabotage: { type: 'string' },
      keep: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    help: values.help,
    seed: values.seed ?? randomBytes(6).toString('hex'),
    scenarios: oneOf('--scenario', values.scenario, [...scenarioNames, 'all']),
    payments: wholeNumber('--payments', values.payments, 1),
    kills: wholeNumber('--kills', values.kills, 0),
    cuts: wholeNumber('--cuts', values.cuts, 0),
    long: values.long,
    report: values.report,
    sabotage: values.sabotage && oneOf('--sabotage', values.sabotage, sabotages),
    keep: values.keep,
  };
}

function wholeNumber(name, text, least) {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^\d{1,6}$/.test(text) || number < least) {
    throw new Error(`${name} must be a whole number from ${least}`);
  }
  return number;
}

function oneOf(name, text, allowed) {
  if (!allowed.includes(text)) throw new Error(`${name} must be one of ${allowed.join(', ')}`);
  return text;
}
