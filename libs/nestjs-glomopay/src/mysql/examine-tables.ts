import { text, type Row } from '../tracking/store/row.js';
import { SCHEMA_VERSION, statementsFrom } from '../tracking/store/schema-version.js';
import type { TableNames } from '../tracking/store/sql/table-names.js';
import {
  differencesOf,
  type TablePart,
  type TablesReport,
} from '../tracking/store/sql/tables-report.js';
import { mysqlReached } from './migrations.js';
import type { MysqlQuery } from './mysql-adapter.js';
import type { MysqlStoreAdapter } from './mysql-sql.js';
import { mysqlNames } from './mysql-store-options.js';
import { first, OLDEST, versions } from './schema.js';
import { partsOf } from './table-parts.js';

/**
 * Whose name begins as ours do, as it is spelled (`BINARY`); with `lower_case_table_names = 1` the server
 * keeps no capitals. And that name as we spell it.
 */
const isOurs = (name: string): string =>
  `LEFT(${name}, CHAR_LENGTH(?)) = BINARY IF(@@lower_case_table_names = 1, LOWER(?), ?)`;
const spelled = (name: string): string => `CONCAT(?, SUBSTRING(${name}, CHAR_LENGTH(?) + 1))`;

const TABLES = `SELECT table_name AS name, ${spelled('table_name')} AS spelled
  FROM information_schema.tables
  WHERE table_schema = DATABASE() AND ${isOurs('table_name')} ORDER BY table_name`;

const TRIGGERS = `SELECT trigger_name AS name, ${spelled('event_object_table')} AS of_table,
  CONCAT(action_timing, ' ', event_manipulation) AS is_like FROM information_schema.triggers
  WHERE trigger_schema = DATABASE() AND ${isOurs('event_object_table')}
  ORDER BY trigger_name`;

/** Stands before the names of the tables that are made beside the others. */
const BESIDE = 'beside_';

/**
 * What the tables are like, beside those that the same server makes from our own statements: as temporary
 * tables under a further prefix, which only this connection sees and which go at the end, or with it. It
 * needs the right `CREATE TEMPORARY TABLES`.
 */
export async function examineMysql(adapter: MysqlStoreAdapter<unknown>): Promise<TablesReport> {
  const { names } = adapter;
  const { tablePrefix } = names;
  const version = await mysqlReached(adapter.query, names);
  const report = {
    dialect: 'mysql',
    tablePrefix,
    version,
    newest: SCHEMA_VERSION,
    differences: [],
  };
  // A newer library that lets this one work beside it has made what this one does not know.
  if (version === 0 || version > SCHEMA_VERSION) return report;
  return adapter.patient.transaction(async (_, query) => {
    const found = [...(await foundParts(query, names)), ...(await triggers(query, names))];
    const expected = await expectedParts(query, names, version);
    return { ...report, differences: differencesOf(expected, found) };
  });
}

async function foundParts(query: MysqlQuery, names: TableNames): Promise<readonly TablePart[]> {
  const { rows } = await query(ours(TABLES, names));
  const parts: TablePart[] = [];
  for (const row of rows) {
    const created = await createdBy(query, quoted(text(row, 'name')));
    parts.push(...partsOf(text(row, 'spelled'), created));
  }
  return parts;
}

async function expectedParts(
  query: MysqlQuery,
  { tablePrefix }: TableNames,
  version: number,
): Promise<readonly TablePart[]> {
  const further = mysqlNames(`${tablePrefix}${BESIDE}`);
  const made: string[] = [];
  const parts: TablePart[] = [];
  try {
    for (const statement of statementsFrom(
      0,
      first,
      versions.slice(0, version + 1 - OLDEST),
      OLDEST,
    )) {
      const [, table] = /^CREATE TABLE IF NOT EXISTS (\w+)/.exec(statement) ?? [];
      if (table !== undefined) made.push(table);
      await query(further.in(statement.replace(/^CREATE TABLE/, 'CREATE TEMPORARY TABLE')));
    }
    for (const table of made) {
      const created = await createdBy(query, further.qualified(table));
      // Indexes are named with their table.
      const named = created.replaceAll(further.plain('glomopay_'), `${tablePrefix}glomopay_`);
      parts.push(...partsOf(`${tablePrefix}${table}`, named));
    }
  } finally {
    for (const table of made) {
      await query(`DROP TEMPORARY TABLE IF EXISTS ${further.qualified(table)}`);
    }
  }
  return parts;
}

async function triggers(query: MysqlQuery, names: TableNames): Promise<readonly TablePart[]> {
  const { rows } = await query(ours(TRIGGERS, names));
  return rows.map((row) => ({
    kind: 'trigger',
    table: text(row, 'of_table'),
    name: text(row, 'name'),
    is: text(row, 'is_like'),
    refuses: false,
  }));
}

/** A prefix that was checked has no quotes in it. */
function ours(statement: string, names: TableNames): string {
  return statement.replaceAll('?', `'${names.plain('glomopay_')}'`);
}

/** What the server says it would make the table by; that of a view has another name. */
async function createdBy(query: MysqlQuery, table: string): Promise<string> {
  const [row = {}] = (await query(`SHOW CREATE TABLE ${table}`)).rows;
  return createText(row);
}

function createText(row: Row): string {
  return row['Create Table'] === undefined ? text(row, 'Create View') : text(row, 'Create Table');
}

function quoted(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
