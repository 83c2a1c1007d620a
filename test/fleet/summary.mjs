import { tally } from '../storm/grouped.mjs';

// What happened, as lines for a person.
export function summaryOf(result) {
  const { deliveries, results, effects, inbox, wanted, redis } = result;
  const retries = results.reduce((sum, { tries }) => sum + tries - 1, 0);
  return lines({
    deliveries: [
      results.length,
      {
        events: deliveries.genuine.length,
        again: deliveries.again.length,
        forged: deliveries.forged.length,
        'not answered at first': retries,
      },
    ],
    answers: [tallied(results.map(({ status }) => String(status)))],
    'in the inbox': [inbox.length, tally(inbox.map(({ state }) => state))],
    effects: [effects.length, tally(effects.map(({ handler }) => handler))],
    movements: [
      result.movements.count,
      {
        outcomes: result.outcomes.length,
        told: result.told.length,
        'runs after them': result.followed.length,
      },
    ],
    'closed by one of two': [
      result.movements.closings.length,
      tally(result.records.filter(({ resolvedBy }) => resolvedBy).map(({ state }) => state)),
    ],
    history: [`${result.lines.length} lines of ${result.records.length} records`],
    'handlers failed': [result.failures],
    workers: [wanted.workers, { kills: result.kills, restarts: result.restarts }],
    'connections cut': [result.connectionsCut],
    ...(redis && { Redis: ['its own', redis] }),
    duration: [
      `${seconds(result.durationMs)} s`,
      { sending: seconds(result.sendMs), 'calm after': seconds(result.calmMs) },
    ],
  });
}

function tallied(keys) {
  return Object.entries(tally(keys))
    .map(([key, count]) => `${key}: ${count}`)
    .join(', ');
}

function lines(table) {
  return Object.entries(table).map(([name, [value, details]]) => {
    const parts = Object.entries(details ?? {}).map(([key, count]) => `${key} ${count}`);
    return `  ${name.padEnd(18)} ${value}${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`;
  });
}

function seconds(ms) {
  return (ms / 1000).toFixed(1);
}
