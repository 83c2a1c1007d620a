// What is run: where the shop keeps its data, how many hosts share it, and how much of it.
const scenarios = [
  { name: 'sqlite', storage: 'sqlite', hosts: 1, long: { payments: 1000, kills: 100 } },
  {
    name: 'postgres',
    storage: 'postgres',
    hosts: 1,
    long: { payments: 1000, kills: 100, cuts: 100 },
  },
  {
    name: 'mariadb',
    storage: 'mariadb',
    hosts: 1,
    short: { payments: 25, kills: 4, cuts: 3 },
    long: { payments: 1000, kills: 100, cuts: 100 },
  },
  {
    name: 'postgres-rows',
    storage: 'postgresByRows',
    hosts: 2,
    long: { payments: 300, kills: 30, cuts: 30 },
  },
  {
    name: 'postgres-two',
    storage: 'postgres',
    hosts: 2,
    long: { payments: 300, kills: 30, cuts: 30 },
  },
];

const usual = { payments: 40, kills: 6, cuts: 4 };

export const scenarioNames = scenarios.map(({ name }) => name);

// The scenarios that were asked for, each with its numbers.
export function chosenScenarios(options) {
  return scenarios
    .filter(({ name }) => options.scenarios === 'all' || options.scenarios === name)
    .map(({ long, short = usual, ...scenario }) => {
      const numbers = options.long ? long : short;
      return {
        ...scenario,
        payments: options.payments ?? numbers.payments,
        kills: options.kills ?? numbers.kills,
        // SQLite has no connections that anybody else could cut.
        cuts: scenario.storage === 'sqlite' ? 0 : (options.cuts ?? numbers.cuts),
      };
    });
}
