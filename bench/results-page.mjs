import os from 'node:os';
import { goalText, measuredText, verdict } from './report.mjs';

/** Node, cores and processor: what a reader needs to judge the figures, and nothing more. */
export function machine() {
  const cores = os.cpus();
  return `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cores.length} cores (${cores[0]?.model ?? 'unknown'})`;
}

/** The findings as a Markdown table. */
export function table(findings) {
  return [
    '| Row | What | Against | Must reach | Measured: median [quartiles] | Verdict | Medians behind it |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...findings.map((finding) =>
      [
        '',
        finding.row,
        finding.what,
        finding.against,
        goalText(finding),
        measuredText(finding),
        verdict(finding),
        finding.costs,
        '',
      ]
        .join(' | ')
        .trim(),
    ),
  ].join('\n');
}

/** `RESULTS.md`: one run, its table, and why a goal was missed. */
export function page(findings) {
  const missed = findings.filter(
    (finding) => verdict(finding) === 'not reached' && finding.whenMissed !== undefined,
  );
  return [
    '# Results',
    `Written by \`npm run bench\`; every figure is from one run. ${machine()}, ${new Date().toISOString().slice(0, 10)}.`,
    'Ratios compare two contenders inside this run, round by round. Absolute figures are this machine in this hour; do not compare them with other runs.',
    table(findings),
    '![Measured against the goals](results.svg)',
    ...(missed.length === 0 ? [] : ['## Goals that were not met', reasons(missed)]),
    '',
  ].join('\n\n');
}

function reasons(missed) {
  return missed
    .map(
      ({ row, what, against, whenMissed }) =>
        `- **${row}**, ${what}, against ${against}: ${whenMissed}`,
    )
    .join('\n');
}
