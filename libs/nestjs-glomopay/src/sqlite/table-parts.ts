import { text, whole, type Row } from '../tracking/store/row.js';
import type { TablePart } from '../tracking/store/sql/tables-report.js';
import { rowsOf, type SqliteDatabase } from './sqlite-database.js';

const OBJECTS = `SELECT type, name, tbl_name, sql FROM sqlite_master
  WHERE substr(tbl_name, 1, length(?)) = ? COLLATE NOCASE ORDER BY type, name`;

const COLUMNS = `SELECT name, type, "notnull" AS is_required, dflt_value AS by_default, pk
  FROM pragma_table_xinfo(?) ORDER BY name`;

/** What a table's own words have made: primary keys, and what is unique. */
const CONSTRAINTS = `SELECT l.name AS of_index, group_concat(i.name, ', ') AS names
  FROM pragma_index_list(?) l, pragma_index_info(l.name) i
  WHERE l.origin IN ('u', 'pk') GROUP BY l.name ORDER BY names`;

/** The parts of the tables whose names begin with a prefix, as if it were another one. */
export function sqliteParts(
  database: SqliteDatabase,
  prefix: string,
  shown = prefix,
): readonly TablePart[] {
  const begin = `${prefix}glomopay_`;
  const parts: TablePart[] = [];
  for (const row of rowsOf(database.prepare(OBJECTS), begin, begin)) {
    const [kind, name, table] = [text(row, 'type'), text(row, 'name'), text(row, 'tbl_name')];
    if (kind === 'table') parts.push(tableOf(row), ...partsWithin(database, name));
    if (kind === 'index' && row['sql'] !== null) parts.push(indexOf(row));
    if (kind === 'trigger' || kind === 'view') {
      parts.push({ kind: 'trigger', table, name, is: kind, refuses: false });
    }
  }
  const renamed = (name: string): string =>
    name.startsWith(prefix) ? `${shown}${name.slice(prefix.length)}` : name;
  return parts.map(({ make, ...part }) => ({
    ...part,
    table: renamed(part.table),
    name: renamed(part.name),
    ...(make === undefined ? {} : { make: make.replaceAll(begin, `${shown}glomopay_`) }),
  }));
}

function tableOf(row: Row): TablePart {
  const name = text(row, 'name');
  const [, after = ''] = /\)([^)]*)$/.exec(text(row, 'sql')) ?? [];
  const is = ['table', ...after.toUpperCase().split(/[\s,]+/)]
    .filter((word) => word !== '')
    .join(' ');
  return { kind: 'table', table: name, name, is, refuses: true };
}

function partsWithin(database: SqliteDatabase, table: string): TablePart[] {
  const columns = rowsOf(database.prepare(COLUMNS), table).map((row): TablePart => {
    const isRequired = whole(row, 'is_required') === 1;
    const fallback = row['by_default'];
    const is = [
      text(row, 'type').toUpperCase(),
      isRequired ? 'NOT NULL' : '',
      fallback === null ? '' : `DEFAULT ${String(fallback)}`,
      whole(row, 'pk') === 0 ? '' : `PRIMARY KEY ${whole(row, 'pk')}`,
    ].filter((word) => word !== '');
    const refuses = isRequired && fallback === null;
    return { kind: 'column', table, name: text(row, 'name'), is: is.join(' '), refuses };
  });
  const constraints = rowsOf(database.prepare(CONSTRAINTS), table).map((row): TablePart => {
    const names = `UNIQUE (${text(row, 'names')})`;
    return { kind: 'constraint', table, name: names, is: names, refuses: true };
  });
  return [...columns, ...constraints];
}

function indexOf(row: Row): TablePart {
  const sql = text(row, 'sql').replaceAll(/\s+/g, ' ');
  const [name, table] = [text(row, 'name'), text(row, 'tbl_name')];
  const [, unique = '', what = ''] = /^CREATE (UNIQUE )?INDEX .*? ON .*? ?(\(.*)$/i.exec(sql) ?? [];
  const is = `CREATE ${unique.toUpperCase()}INDEX ${what}`;
  return {
    kind: 'index',
    table,
    name,
    is,
    refuses: unique !== '',
    make: `CREATE ${unique}INDEX "${name}" ON "${table}" ${what}`,
    drop: `DROP INDEX "${name}"`,
  };
}
