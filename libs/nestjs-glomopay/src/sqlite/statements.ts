import { NOW } from './now.js';

export const insertIntent = `
  INSERT INTO glomopay_payments (account, request_id, reference, order_id, subscription_id, amount,
    currency, next_check_at, created_at, updated_at)
  VALUES (?, ?, ?, ?, ?, ?, ?, ${NOW} + ?, ${NOW}, ${NOW})
  ON CONFLICT (account, request_id) DO NOTHING
  RETURNING *`;

export const findByKey = `SELECT * FROM glomopay_payments WHERE account = ? AND request_id = ?`;

export const findByPayment = `
  SELECT * FROM glomopay_payments WHERE account = ? AND payment_id = ?`;

export const findByOrder = `
  SELECT * FROM glomopay_payments WHERE account = ? AND order_id = ? ORDER BY created_at, id`;

export const findForSettlement = `
  SELECT p.*, EXISTS (SELECT 1 FROM glomopay_payments o
    WHERE o.account = p.account AND o.order_id = p.order_id AND o.id <> p.id
      AND o.state = 'succeeded') AS paid_already
  FROM glomopay_payments p WHERE p.account = ? AND p.request_id = ?`;

/** The last two parameters name the version that the change was decided for. */
export const updateRecord = `
  UPDATE glomopay_payments SET state = ?, reason = ?, payment_id = ?, gateway_status = ?,
    compliance_status = ?, funds_available = ?, error_code = ?, error_description = ?,
    needs_person = ?, next_check_at = ${NOW} + ?, version = version + 1, updated_at = ${NOW}
  WHERE account = ? AND request_id = ? AND version = ?
  RETURNING *`;

export const due = `
  SELECT account, request_id FROM glomopay_payments WHERE account = ? AND next_check_at <= ${NOW}
  ORDER BY next_check_at, id LIMIT ?`;

export const claim = `
  UPDATE glomopay_payments SET checks = checks + 1, next_check_at = ${NOW} + ?
  WHERE account = ? AND request_id = ?
  RETURNING *`;

/** From account to account by the index, whatever is in them: no other row is read. */
export const accountsWithPayments = `
  WITH RECURSIVE visited (account) AS (
    SELECT min(account) FROM glomopay_payments WHERE next_check_at IS NOT NULL
    UNION ALL
    SELECT (SELECT min(n.account) FROM glomopay_payments n
      WHERE n.next_check_at IS NOT NULL AND n.account > visited.account)
    FROM visited WHERE visited.account IS NOT NULL
  )
  SELECT visited.account AS account FROM visited
  WHERE EXISTS (SELECT 1 FROM glomopay_payments d
    WHERE d.account = visited.account AND d.next_check_at <= ${NOW})`;

export const reschedule = `
  UPDATE glomopay_payments SET next_check_at = ${NOW} + ?
  WHERE account = ? AND request_id = ? AND next_check_at IS NOT NULL
  RETURNING id`;

export const counts = `
  SELECT (SELECT count(*) FROM glomopay_payments
      WHERE account = ?1 AND needs_person = 1) AS needs_attention,
    (SELECT count(*) FROM glomopay_payments
      WHERE account = ?1 AND next_check_at IS NOT NULL) AS open`;

export const needingAttention = `
  SELECT * FROM glomopay_payments WHERE account = ? AND needs_person = 1
  ORDER BY created_at, id LIMIT ?`;
