import type { TableDifference, TablesReport } from '../tracking/store/sql/tables-report.js';

/** Whether the tables are as this version makes them; what is harmless does not count. */
export function isAsMade({ version, newest, differences }: TablesReport): boolean {
  return version === newest && differences.every(({ harmless }) => harmless);
}

/** What was found, for a person. */
export function reportText(report: TablesReport): string {
  return [headOf(report), ...report.differences.flatMap(linesOf)]
    .map((line) => `${line}\n`)
    .join('');
}

function headOf(report: TablesReport): string {
  const { dialect, schema, tablePrefix, version, newest } = report;
  const place = [
    schema === undefined ? '' : ` in the schema "${schema}"`,
    tablePrefix === '' ? '' : ` under the prefix ${tablePrefix}`,
  ].join('');
  const tables = `tables of nestjs-glomopay on ${dialect}${place}`;
  if (version === 0) return `✗ ${tables}: there are none; see migrations apply`;
  if (version < newest) {
    return `✗ ${tables}: version ${version}, this one makes ${newest}; see migrations apply`;
  }
  if (version > newest) {
    return `✗ ${tables}: version ${version} was made by a newer nestjs-glomopay, check with that one`;
  }
  return `${isAsMade(report) ? '✓' : '✗'} ${tables}: version ${version}`;
}

function linesOf(difference: TableDifference): string[] {
  const { kind, table, name, problem, expected, found, mend = [], harmless } = difference;
  const what = kind === 'table' ? `table ${name}` : `${kind} ${name} of ${table}`;
  const how = {
    missing: `is missing: ${expected}`,
    different: `is ${found}; expected ${expected}`,
    unknown: `is none of this library${harmless ? '' : ', and may refuse rows'}: ${found}`,
  }[problem];
  return [
    `${harmless ? '!' : '✗'} ${what} ${how}`,
    ...mend.map((statement) => `    ${statement};`),
  ];
}
