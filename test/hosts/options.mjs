import { parseArgs } from 'node:util';
import { allCells, ciCells } from './cells.mjs';

export const usage = `Usage: npm run test:hosts -- [options]

  --cells NAME,NAME    only these cells (all of them)
  --ci                 only the cells that stand for all others
  --report FILE        writes { numPassedTests, numFailedTests } and every check as JSON
  --packed FOLDER      takes the two tarballs from there instead of packing them
  --newest             the registry as it is now, not as it was on the day the matrix names
  --keep               keeps the folder with the hosts
  --list               prints the names of the cells
`;

// The command line, read and checked. Throws with one line that says what is wrong.
export function readOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      cells: { type: 'string' },
      ci: { type: 'boolean', default: false },
      report: { type: 'string' },
      packed: { type: 'string' },
      newest: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      list: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.ci && values.cells !== undefined) throw new Error('--ci and --cells are two choices');
  const names = values.ci ? ciCells : values.cells?.split(',');
  return { ...values, cells: names === undefined ? allCells : names.map(cellOf) };
}

function cellOf(name) {
  const cell = allCells.find((one) => one.name === name);
  if (cell === undefined) throw new Error(`There is no cell ${name}; --list names them all`);
  return cell;
}
