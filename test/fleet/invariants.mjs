import { grouped } from '../storm/grouped.mjs';
import { historyInvariants } from '../storm/history-invariants.mjs';

const handlers = ['Effects.first', 'Effects.second', 'Effects.third'];

// What must hold after every run. Each check gives its violations, as lines that name the event.
export const invariants = [
  {
    title: 'every genuine event was answered 200',
    check: ({ results }) =>
      results
        .filter(({ isGenuine, status }) => isGenuine && status !== 200)
        .map(({ id, status }) => `${id} was last answered ${status}`),
  },
  {
    title: 'every event has its effect once per handler: none is lost',
    check: ({ deliveries, effects }) => {
      const found = new Set(effects.map(({ eventId, handler }) => `${handler} ${eventId}`));
      return deliveries.genuine.flatMap(({ id }) =>
        handlers
          .filter((handler) => !found.has(`${handler} ${id}`))
          .map((handler) => `${id} is lost for ${handler}`),
      );
    },
  },
  {
    title: 'no effect is there twice',
    check: ({ effects }) =>
      [...grouped(effects, ({ eventId, handler }) => `${eventId} of ${handler}`)]
        .filter(([, group]) => group.length > 1)
        .map(([key, group]) => `${key} is there ${group.length} times`),
  },
  {
    title: 'every forged event was answered 401',
    check: ({ results }) =>
      results
        .filter(({ isGenuine, status }) => !isGenuine && status !== 401)
        .map(({ id, status }) => `${id} was answered ${status}`),
  },
  {
    title: 'nothing of a forged event was stored or handled',
    check: ({ deliveries, effects, inbox }) => {
      const genuine = new Set(deliveries.genuine.map(({ id }) => id));
      return [...effects.map(({ eventId }) => eventId), ...inbox.map(({ id }) => id)]
        .filter((id) => !genuine.has(id))
        .map((id) => `${id} is nobody's`);
    },
  },
  {
    title: 'the inbox has every event once, as handled',
    check: ({ deliveries, inbox }) => [
      ...(inbox.length === deliveries.genuine.length
        ? []
        : [`it has ${inbox.length} of ${deliveries.genuine.length}`]),
      ...inbox
        .filter(({ state }) => state !== 'handled')
        .map(({ id, state }) => `${id} is ${state}`),
    ],
  },
  {
    title: 'every outcome was told exactly once in its transaction, and nothing else was',
    check: ({ outcomes, told }) => {
      const known = new Set(outcomes.map(nameOfOutcome));
      const found = grouped(told, nameOfOutcome);
      return [
        ...[...known]
          .filter((name) => found.get(name)?.length !== 1)
          .map((name) => `${name} was told ${found.get(name)?.length ?? 0} times`),
        ...[...found.keys()]
          .filter((name) => !known.has(name))
          .map((name) => `${name} was told and is no outcome`),
      ];
    },
  },
  {
    title: 'of two people who close a record at once one does, and the record says who',
    check: ({ records, movements }) => {
      const byId = new Map(records.map((record) => [record.requestId, record]));
      return movements.closings.flatMap(({ requestId, people, winners }) => {
        const { state, resolvedBy } = byId.get(requestId) ?? {};
        const named = people.find(({ by }) => by === resolvedBy);
        const fits = named?.as === state && winners.every(({ by }) => by === resolvedBy);
        return fits && winners.length <= 1
          ? []
          : [
              `${requestId} is ${state} by ${resolvedBy}; closed for ${winners.map(({ by }) => by)}`,
            ];
      });
    },
  },
  ...historyInvariants,
  {
    title: 'every outcome was followed at least once',
    check: ({ outcomes, followed }) => {
      const found = new Set(followed.map(nameOfOutcome));
      return outcomes
        .filter((outcome) => !found.has(nameOfOutcome(outcome)))
        .map((outcome) => `${nameOfOutcome(outcome)} was not followed`);
    },
  },
  {
    title: 'nothing was followed but outcomes, each as it was recorded',
    check: ({ outcomes, followed, followUps }) => {
      const known = new Set(outcomes.map(nameOfOutcome));
      return [
        ...followed
          .filter((row) => !known.has(nameOfOutcome(row)))
          .map((row) => `${nameOfOutcome(row)} is no outcome`),
        ...(followUps.length === outcomes.length
          ? []
          : [`${outcomes.length} outcomes have ${followUps.length} follow-ups`]),
        ...followUps
          .filter(({ state }) => state !== 'handled')
          .map(({ id, state }) => `${id} is ${state}`),
      ];
    },
  },
  {
    title: 'workers die by our hand only, start again, and stop when asked',
    check: ({ faults }) => faults,
  },
  {
    title: 'the run did what it was asked to do',
    check: ({ kills, connectionsCut, wanted, failures, redis, outcomes, movements }) => [
      ...(kills === wanted.kills ? [] : [`${kills} kills happened`]),
      ...(connectionsCut >= wanted.cuts ? [] : [`${connectionsCut} connections were cut`]),
      ...(failures > 0 ? [] : ['no handler failed']),
      // One whose worker was killed half way through stays open: nobody can tell it what became of it.
      ...(outcomes.length > 0 ? [] : ['nothing had an outcome']),
      ...(movements.closings.length > 0 ? [] : ['nothing was closed']),
      ...(redis === undefined || (redis.flushes === 1 && redis.outages === 1)
        ? []
        : ['Redis was not disturbed']),
    ],
  },
];

function nameOfOutcome({ requestId, outcome }) {
  return `${requestId} ${outcome}`;
}
