import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';

const TEXT = { type: 'string' };
const FLAG = { type: 'boolean', default: false };

/**
 * Reads a command line: the options that every storm has, and `own`. Gives those of every storm as
 * `common`, checked, and all as they were written as `values`. Throws with one line that says what is wrong.
 */
export function parseOptions(args, { own, sabotages }) {
  const every = { seed: TEXT, report: TEXT, sabotage: TEXT, keep: FLAG, help: FLAG };
  const { values } = parseArgs({ args, options: { ...every, ...own } });
  const common = {
    help: values.help,
    keep: values.keep,
    report: values.report,
    seed: values.seed ?? randomBytes(6).toString('hex'),
    sabotage: values.sabotage && oneOf('--sabotage', values.sabotage, sabotages),
  };
  return { common, values };
}

/** Undefined where the option was not given. */
export function wholeNumber(name, text, least) {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!/^\d{1,6}$/.test(text) || number < least) {
    throw new Error(`${name} must be a whole number from ${least}`);
  }
  return number;
}

export function oneOf(name, text, allowed) {
  if (!allowed.includes(text)) throw new Error(`${name} must be one of ${allowed.join(', ')}`);
  return text;
}

/** Names for the usage, four a line, below the text of an option. */
export function namesIn(names) {
  const lines = [];
  for (let first = 0; first < names.length; first += 4) {
    lines.push(`${' '.repeat(23)}${names.slice(first, first + 4).join(', ')}`);
  }
  return lines.join(',\n');
}
