import { grouped } from './grouped.mjs';

// What must hold of the history of every record: `records` and `lines` as `readRecords` and `readLines`
// give them. A record as it was intended is its first version, which has no line.
export const historyInvariants = [
  {
    title: 'every version of a record has its line of history, each from where the last one led',
    check: ({ records, lines }) => {
      const byRecord = grouped(lines, keyOf);
      const known = new Set(records.map(keyOf));
      return [
        ...records.flatMap((record) => gapsOf(record, sorted(byRecord.get(keyOf(record))))),
        ...[...byRecord.keys()]
          .filter((key) => !known.has(key))
          .map((key) => `${key} is no record`),
      ];
    },
  },
  {
    title: 'the last line of a history is its record',
    check: ({ records, lines }) => {
      const byRecord = grouped(lines, keyOf);
      return records.flatMap((record) => {
        const last = sorted(byRecord.get(keyOf(record))).at(-1);
        const says = last && factsOf(last, last.to);
        const stands = factsOf(record, record.state);
        return last === undefined || says === stands
          ? []
          : [`${keyOf(record)} is ${stands}, its history says ${says}`];
      });
    },
  },
];

// Every record of the library, of whatever kind. SQLite has numbers for what is true or false.
export async function readRecords(storage) {
  const rows = await storage.rows(
    `SELECT kind, request_id AS "requestId", reference, subject_id AS "subjectId",
       object_id AS "objectId", amount, currency, state, reason, gateway_status AS status,
       compliance_status AS "complianceStatus", funds_available AS "fundsAvailable",
       needs_person AS "needsPerson", resolved_by AS "resolvedBy", version, checks
     FROM glomopay_movements`,
  );
  return rows.map((row) => ({
    ...row,
    amount: Number(row.amount),
    fundsAvailable: Boolean(row.fundsAvailable),
    needsPerson: Boolean(row.needsPerson),
  }));
}

export function readLines(storage) {
  return storage.rows(
    `SELECT kind, request_id AS "requestId", version, from_state AS "from", to_state AS "to", reason,
       gateway_status AS status, object_id AS "objectId"
     FROM ${storage.history}`,
  );
}

function gapsOf(record, lines) {
  const versions = lines.map(({ version }) => version).join();
  const wanted = Array.from({ length: record.version - 1 }, (_, index) => index + 2).join();
  if (versions !== wanted) {
    return [`${keyOf(record)} is at version ${record.version}, with lines for [${versions}]`];
  }
  return lines
    .filter(({ from }, index) => from !== (lines[index - 1]?.to ?? 'created'))
    .map(({ version, from }) => `line ${version} of ${keyOf(record)} begins at ${from}`);
}

function factsOf({ reason, status, objectId }, state) {
  return [state, reason, status, objectId].join(' ');
}

function sorted(lines = []) {
  return lines.toSorted((one, other) => one.version - other.version);
}

function keyOf({ kind, requestId }) {
  return `${kind} ${requestId}`;
}
