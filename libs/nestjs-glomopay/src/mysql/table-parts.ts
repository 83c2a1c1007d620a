import type { TablePart } from '../tracking/store/sql/tables-report.js';

/** How the text of a table ends: of its options, those that are ours. */
const OPTIONS = /^\).*?ENGINE=(\w+)(?:.*?ROW_FORMAT=(\w+))?/i;

/**
 * The parts of a table, by the text that `SHOW CREATE TABLE` gives of it: a line for each. Two texts are
 * compared only with one another, of the same server.
 */
export function partsOf(table: string, created: string): readonly TablePart[] {
  const [, ...lines] = created.replaceAll(/[`"]/g, '').split('\n');
  if (lines.length === 0) {
    return [{ kind: 'table', table, name: table, is: 'no table', refuses: true }];
  }
  return lines.flatMap((line) => partOf(table, line.trim().replace(/,$/, '')));
}

function partOf(table: string, line: string): TablePart[] {
  const [, engine, format] = OPTIONS.exec(line) ?? [];
  if (engine !== undefined) {
    const is = ['table', engine, ...(format === undefined ? [] : [format])].join(' ');
    return [{ kind: 'table', table, name: table, is, refuses: true }];
  }
  if (/^(?:PRIMARY KEY|CONSTRAINT|CHECK) /.test(line)) {
    return [{ kind: 'constraint', table, name: line, is: line, refuses: true }];
  }
  const [, kind = '', name, columns = ''] = /^((?:[A-Z]+ )*KEY) (\S+) (\(.*)$/.exec(line) ?? [];
  if (name !== undefined) return [indexOf(table, kind, name, columns)];
  const [, column, is] = /^(\S+) (.+)$/.exec(line) ?? [];
  if (column === undefined || is === undefined) return [];
  const refuses = / NOT NULL/.test(is) && !/ (?:DEFAULT|AUTO_INCREMENT|GENERATED) ?/.test(is);
  return [{ kind: 'column', table, name: column, is, refuses }];
}

function indexOf(table: string, kind: string, name: string, columns: string): TablePart {
  const own = columns.replaceAll(/(\w+)(?=[,)(])/g, '`$1`');
  return {
    kind: 'index',
    table,
    name,
    is: `${kind} ${columns}`,
    refuses: kind.startsWith('UNIQUE'),
    make: `ALTER TABLE \`${table}\` ADD ${kind} \`${name}\` ${own}`,
    drop: `ALTER TABLE \`${table}\` DROP INDEX \`${name}\``,
  };
}
