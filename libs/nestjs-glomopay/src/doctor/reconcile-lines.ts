import type {
  BookEntry,
  ReconciliationFinding,
  ReconciliationSummary,
} from '../tracking/reconciliation/reconciliation-finding.js';
import type { Format } from './reconcile-arguments.js';

type Cells = Readonly<Record<string, string | number | boolean | null>>;

/** The line that stands before the differences, if the format has one. */
export function headOf(format: Format): string {
  const names = Object.keys(cellsOf(nothing));
  return format === 'csv' ? `${names.join(',')}\r\n` : '';
}

/** A difference as a line of the format. */
export function lineOfFinding(format: Format, finding: ReconciliationFinding): string {
  switch (format) {
    case 'json':
      return `${JSON.stringify(finding)}\n`;
    case 'csv':
      return `${Object.values(cellsOf(finding)).map(csvCell).join(',')}\r\n`;
    case 'table':
      return `${tableLine(finding)}\n`;
  }
}

/** What was counted, in a sentence. */
export function lineOfSummary(summary: ReconciliationSummary): string {
  const { compared, equal, foreign, findings, repaired } = summary;
  const others = foreign === 0 ? '' : `, ${foreign} of others`;
  return `${compared} compared, ${equal} equal${others}, ${findings} differ, ${repaired} of them mended\n`;
}

const nothing: ReconciliationFinding = {
  kind: 'status',
  movement: 'payment',
  requestId: null,
  reference: null,
  objectId: null,
  createdAt: null,
  here: null,
  there: null,
  repaired: false,
  state: null,
  reason: null,
};

function cellsOf(finding: ReconciliationFinding): Cells {
  const { kind, movement, objectId, requestId, reference, createdAt, here, there } = finding;
  return {
    kind,
    movement,
    object_id: objectId,
    request_id: requestId,
    reference,
    created_at: createdAt?.toISOString() ?? null,
    here_status: here?.status ?? null,
    here_amount: here?.amount ?? null,
    here_currency: here?.currency ?? null,
    here_subject: here?.subjectId ?? null,
    there_status: there?.status ?? null,
    there_amount: there?.amount ?? null,
    there_currency: there?.currency ?? null,
    there_subject: there?.subjectId ?? null,
    repaired: finding.repaired,
    state: finding.state,
    reason: finding.reason,
  };
}

/** A spreadsheet takes what begins with one of these for a formula, whoever wrote it. */
const FORMULA = /^[\s]*[=+\-@\t\r\n|%]/;

/** RFC 4180: quoted where it has to be. */
function csvCell(value: Cells[string]): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const plain = printable(value);
  const text = FORMULA.test(value) ? `'${plain}` : plain;
  return /[",\r\n']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function tableLine(finding: ReconciliationFinding): string {
  const { kind, movement, objectId, requestId, reference, here, there, state, reason } = finding;
  const end = finding.repaired ? 'mended' : 'left';
  const cells = [
    kind.padEnd(13),
    movement.padEnd(10),
    (objectId ?? '-').padEnd(24),
    `request ${requestId ?? '-'}`,
    ...(reference === null || reference === requestId ? [] : [`reference ${reference}`]),
    `here ${entryText(here)}`,
    `there ${entryText(there)}`,
    `${end}${state === null ? '' : `: ${state}`}${reason === null ? '' : `, ${reason}`}`,
  ];
  return printable(cells.join('  '));
}

function entryText(entry: BookEntry | null): string {
  if (entry === null) return '-';
  const { status, amount, currency, subjectId } = entry;
  return [status, amount, currency, subjectId].filter((part) => part !== null).join(' ');
}

/** What others have written may hold commands for a terminal. */
function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?');
}
