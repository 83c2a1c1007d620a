import { ms } from './sql-parts.js';

/**
 * Every column as text: hosts give their drivers parsers of their own for numbers, flags and dates
 * (Drizzle does), and text is what all of them leave alone.
 */
export const columns = `
  p.account, p.kind, p.request_id, p.reference, p.subject_id, p.exclusive::int::text AS exclusive,
  p.amount::text AS amount, p.currency, p.state, p.reason, p.object_id, p.gateway_status,
  p.compliance_status, p.funds_available::int::text AS funds_available, p.error_code, p.error_description,
  p.resolution, p.resolved_by, p.resolution_note, p.version::text AS version, p.checks::text AS checks,
  ${ms('created_at')}, ${ms('updated_at')}, ${ms('next_check_at')}`;

/** A movement by its key: `account`, `kind`, `request_id`. */
export const isKey = 'p.account = $1 AND p.kind = $2 AND p.request_id = $3';
