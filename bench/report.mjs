/**
 * Hands the findings of a row to `run.mjs`, or prints them when the row's file is run by itself.
 *
 * A finding: `row` (P1), `what`, `against`, `goal` (`{ atLeast }` or `{ atMost }`; none when the
 * figure is only for orientation), `unit`, `measured` (quartiles), `costs` (the figures behind a
 * ratio, as text) and `whenMissed` (why, told only if the goal is not met).
 */
export function report(findings) {
  if (process.send !== undefined) process.send(findings);
  else for (const finding of findings) process.stdout.write(`${line(finding)}\n`);
}

/** Met, not met, or neither because there is no goal. */
export function verdict({ goal, measured }) {
  if (goal === undefined) return 'for orientation';
  const met =
    goal.atLeast === undefined ? measured.median <= goal.atMost : measured.median >= goal.atLeast;
  return met ? 'reached' : 'not reached';
}

/** The goal in words. */
export function goalText({ goal, unit }) {
  if (goal === undefined) return '-';
  return goal.atLeast === undefined
    ? `<= ${withUnit(goal.atMost, unit)}`
    : `>= ${withUnit(goal.atLeast, unit)}`;
}

/** Median and quartiles: `1.24x [1.21, 1.27]`. */
export function measuredText({ measured, unit }) {
  const { q1, median, q3 } = measured;
  return `${withUnit(number(median, unit), unit)} [${number(q1, unit)}, ${number(q3, unit)}]`;
}

/** The medians behind a ratio: `ours 1.9 us, theirs 2.3 us`. */
export function costsText(medians, unit) {
  return Object.entries(medians)
    .map(([name, cost]) => `${name} ${cost.toPrecision(3)} ${unit}`)
    .join(', ');
}

function line(finding) {
  return [
    finding.row,
    finding.what,
    `against ${finding.against}`,
    `${measuredText(finding)}, must be ${goalText(finding)}: ${verdict(finding)}`,
    finding.costs,
  ].join(' | ');
}

function number(value, unit) {
  return unit === 'x' ? value.toFixed(2) : value.toFixed(1);
}

function withUnit(value, unit) {
  return unit === 'x' ? `${value}x` : `${value} ${unit}`;
}
