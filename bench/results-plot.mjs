import { goalText, measuredText, verdict } from './report.mjs';

const WIDTH = 960;
const ROW_HEIGHT = 64;
const LEFT = 24;
const COLOURS = { reached: '#2e7d32', 'not reached': '#c62828', 'for orientation': '#607d8b' };

/** A bar for each finding up to its median, its quartiles as a line, its goal as a mark. */
export function plot(findings) {
  const height = findings.length * ROW_HEIGHT + 56;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="13">`,
    '<title>Measured against the goals</title>',
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    `<text x="${LEFT}" y="28" font-size="16" font-weight="600">Measured against the goals</text>`,
    `<text x="${WIDTH - LEFT}" y="28" text-anchor="end" fill="#555555">bar: median, line below: quartiles, dashed: goal; each row has its own scale</text>`,
    ...findings.map((finding, place) => bar(finding, 48 + place * ROW_HEIGHT)),
    '</svg>',
    '',
  ].join('\n');
}

function bar(finding, top) {
  const { goal, measured } = finding;
  const mark = goal?.atLeast ?? goal?.atMost;
  const span = 1.1 * Math.max(measured.q3, mark ?? 0, 0.001);
  const x = (value) => (LEFT + (Math.max(0, value) / span) * (WIDTH - 2 * LEFT)).toFixed(1);
  const colour = COLOURS[verdict(finding)];
  const under = top + 50;
  return [
    text(
      LEFT,
      top + 18,
      `${finding.row}  ${plain(finding.what)}, against ${plain(finding.against)}`,
    ),
    `<rect x="${LEFT}" y="${top + 26}" width="${(x(measured.median) - LEFT).toFixed(1)}" height="20" fill="${colour}" opacity="0.75"/>`,
    `<line x1="${x(measured.q1)}" x2="${x(measured.q3)}" y1="${under}" y2="${under}" stroke="#222222" stroke-width="2"/>`,
    ...(mark === undefined
      ? []
      : [
          `<line x1="${x(mark)}" x2="${x(mark)}" y1="${top + 22}" y2="${top + 54}" stroke="#111111" stroke-width="2" stroke-dasharray="4 3"/>`,
        ]),
    `<text x="${LEFT + 6}" y="${top + 41}" font-weight="600">${escape(measuredText(finding))}, ${goal === undefined ? 'no goal' : `goal ${escape(goalText(finding))}`}</text>`,
  ].join('\n');
}

function text(x, y, words) {
  return `<text x="${x}" y="${y}" textLength="${words.length > 140 ? WIDTH - 2 * LEFT : ''}" fill="#222222">${escape(words)}</text>`.replace(
    ' textLength=""',
    '',
  );
}

function plain(markdown) {
  return markdown.replaceAll('`', '');
}

function escape(words) {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
