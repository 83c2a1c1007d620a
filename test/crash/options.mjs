import { namesIn, oneOf, parseOptions, wholeNumber } from '../storm/options.mjs';
import { sabotageNames } from './sabotages.mjs';
import { chosenScenarios, scenarioNames } from './scenarios.mjs';

export const usage = `Usage: npm run test:crash -- [options]

  --seed TEXT          what every random choice comes from; printed, and new each time
  --payments NUMBER    checkouts in each scenario (40; with --long 1000, on two hosts 300)
  --kills NUMBER       kill -9 in each scenario (6; with --long 100, on two hosts 30)
  --cuts NUMBER        times that connections to the database are terminated (4; with --long as kills)
  --scenario NAME      ${scenarioNames.join(', ')} or all (all)
  --long               the long run
  --report FILE        writes { numPassedTests, numFailedTests, numPendingTests } as JSON
  --sabotage NAME      spoils the books, so that the run must fail:
${namesIn(sabotageNames)}
  --keep               keeps the working folder with the output of the hosts
`;

// The command line, read and checked. Throws with one line that says what is wrong.
export function readOptions(args) {
  const text = { type: 'string' };
  const { common, values } = parseOptions(args, {
    sabotages: sabotageNames,
    own: {
      payments: text,
      kills: text,
      cuts: text,
      scenario: { type: 'string', default: 'all' },
      long: { type: 'boolean', default: false },
    },
  });
  return {
    ...common,
    scenarios: chosenScenarios({
      scenarios: oneOf('--scenario', values.scenario, [...scenarioNames, 'all']),
      payments: wholeNumber('--payments', values.payments, 1),
      kills: wholeNumber('--kills', values.kills, 0),
      cuts: wholeNumber('--cuts', values.cuts, 0),
      long: values.long,
    }),
  };
}
