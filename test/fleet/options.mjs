import { namesIn, oneOf, parseOptions, wholeNumber } from '../storm/options.mjs';
import { sabotages } from './sabotages.mjs';

const stores = ['postgres', 'sqlite', 'mariadb'];
const sabotageNames = ['outside-commit', ...Object.keys(sabotages)];

export const usage = `Usage: npm run test:fleet -- [options]

  --events NUMBER      genuine events (1200; a fifth of them come twice)
  --kills NUMBER       kill -9 of a worker (3)
  --cuts NUMBER        times that connections to the database are terminated (3)
  --rate NUMBER        deliveries begun in a second (200)
  --store NAME         postgres: three workers, BullMQ; sqlite: two workers, each with its own
                       engine; mariadb: three such workers; or all of them, MariaDB with a third
                       of the events (all)
  --seed TEXT          what every random choice comes from; printed, and new each time
  --report FILE        writes { numPassedTests, numFailedTests, numPendingTests } as JSON
  --sabotage NAME      spoils the run, so that it must fail:
${namesIn(sabotageNames)}
  --keep               keeps the working folder with the output of the workers
`;

// The command line, read and checked. Throws with one line that says what is wrong.
export function readOptions(args) {
  const { common, values } = parseOptions(args, {
    sabotages: sabotageNames,
    own: {
      events: { type: 'string', default: '1200' },
      kills: { type: 'string', default: '3' },
      cuts: { type: 'string', default: '3' },
      rate: { type: 'string', default: '200' },
      store: { type: 'string', default: 'all' },
    },
  });
  const numbers = {
    events: wholeNumber('--events', values.events, 100),
    kills: wholeNumber('--kills', values.kills, 0),
    cuts: wholeNumber('--cuts', values.cuts, 0),
    perSecond: wholeNumber('--rate', values.rate, 1),
  };
  return { ...common, scenarios: scenariosOf(readStore(values), numbers) };
}

// SQLite has one writer: what writes past its transaction would only wait for itself.
function readStore({ store, sabotage }) {
  const known = oneOf('--store', store, [...stores, 'all']);
  if (sabotage !== 'outside-commit' || known === 'mariadb') return known;
  if (known === 'sqlite') {
    throw new Error('--sabotage outside-commit needs --store postgres or mariadb');
  }
  return 'postgres';
}

function scenariosOf(store, numbers) {
  return [
    { name: 'postgres', workers: 3, redis: true, ...numbers },
    {
      name: 'mariadb',
      workers: 3,
      redis: false,
      ...numbers,
      events: eventsOnMariadb(store, numbers),
    },
    { name: 'sqlite', workers: 2, redis: false, ...numbers, cuts: 0 },
  ].filter(({ name }) => store === 'all' || store === name);
}

// Its engine is that of SQLite, and its kills and cuts are all there: fewer events are enough beside both.
function eventsOnMariadb(store, { events }) {
  return store === 'all' ? Math.max(100, Math.round(events / 3)) : events;
}
