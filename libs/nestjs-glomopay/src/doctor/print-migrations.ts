import { SCHEMA_VERSION } from '../tracking/store/schema-version.js';
import type { PrintCommand } from './migrations-arguments.js';
import { dialects } from './dialects.js';

/** The SQL that brings the tables of a tracking store from a version, 0 for none, to this one. */
export function migrationsText(command: PrintCommand): string {
  const { dialect, from, place, createSchema, partitions, oneByOne, json } = command;
  const row = dialects[dialect];
  const months = partitions === undefined ? [] : (row.partitions?.(partitions, place) ?? []);
  const own = oneByOne ? row.oneByOne?.(place) : row.statements(from, place);
  const statements = [...(own ?? []), ...months];
  const making = place.schema === undefined ? undefined : row.createSchema?.(place.schema);
  const schema = making !== undefined && createSchema ? [making] : [];
  if (json) {
    const all = statements.length === 0 ? [] : [...schema, ...statements];
    const grants = row.grants(place);
    return `${JSON.stringify({ dialect, from, to: SCHEMA_VERSION, statements: all, grants })}\n`;
  }
  const range = from === 0 ? '' : `from version ${from} `;
  const what = `-- Tables of nestjs-glomopay on ${dialect}, ${range}to version ${SCHEMA_VERSION}.\n`;
  if (statements.length === 0) return `${what}-- There is nothing to do.\n`;
  const needed =
    making === undefined || createSchema ? '' : `-- The schema must be there: ${making};\n`;
  const grants = row.grants(place).map((grant) => `-- ${grant};\n`);
  const roles =
    grants.length === 0
      ? ''
      : `-- Rights of the application, and of people who read:\n${grants.join('')}`;
  const lines = [...schema, ...statements].map((statement) => `${statement};\n`);
  return `${what}${needed}${roles}${lines.join('')}`;
}
