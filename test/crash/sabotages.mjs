const victim = `(SELECT min(id) FROM purchases WHERE outcome = 'succeeded'
  AND reference NOT LIKE 'elsewhere-%')`;
const collected = `(SELECT min(id) FROM purchases WHERE reference LIKE 'elsewhere-%')`;
const letter = '(SELECT min(letter_key) FROM confirmations)';
const told = '(SELECT min(request_id) FROM crash_refunds)';
const fundsOf = `(SELECT min(payment_id) FROM crash_milestones WHERE milestone = 'funds_available')`;
const columns =
  'reference, outcome, payment_id, order_id, amount, currency, failure_code, recorded_at';

// What spoils the shop's books, to see whether the comparison notices; each by its name.
export const bookSabotages = {
  'double-effect': `INSERT INTO purchases (${columns})
    SELECT ${columns} FROM purchases WHERE id = ${victim}`,
  'lost-outcome': `DELETE FROM purchases WHERE id = ${victim}`,
  'lost-event': `DELETE FROM payment_events WHERE id = (SELECT min(id) FROM payment_events)`,
  'lost-letter': `DELETE FROM confirmations WHERE letter_key = ${letter}`,
  'foreign-letter': `UPDATE confirmations
    SET outcome = CASE outcome WHEN 'failed' THEN 'succeeded' ELSE 'failed' END
    WHERE letter_key = ${letter}`,
  'lost-refund': `DELETE FROM crash_refunds WHERE request_id = ${told}`,
  'double-refund': `INSERT INTO crash_refunds
    SELECT * FROM crash_refunds WHERE request_id = ${told}`,
  'foreign-refund': `INSERT INTO crash_refunds
    SELECT 'refund-of-nobody', outcome, refund_id, amount FROM crash_refunds
    WHERE request_id = ${told}`,
  'invented-refund': `INSERT INTO refunds
      (reference, number, payment_id, amount, is_whole, reason, state, created_at)
    VALUES ('nobody', 1, 'payt_nobody', 1, 0, 'Others', 'refunded', '')`,
  'forgotten-refund': `UPDATE refunds SET state = 'in_progress'
    WHERE refund_id = (SELECT min(refund_id) FROM refunds WHERE state IN ('refunded', 'failed'))`,
  'wrong-refund': `UPDATE glomopay_movements SET amount = amount + 1
    WHERE object_id = (SELECT min(object_id) FROM glomopay_movements
      WHERE kind = 'refund' AND state = 'succeeded')`,
  'lost-milestone': `DELETE FROM crash_milestones
    WHERE milestone = 'funds_available' AND payment_id = ${fundsOf}`,
  'double-milestone': `INSERT INTO crash_milestones VALUES (${fundsOf}, 'funds_available')`,
  'foreign-milestone': `INSERT INTO crash_milestones VALUES (${fundsOf}, 'compliance_rejected')`,
  'lost-line': `DELETE FROM glomopay_history
    WHERE version = 2 AND object_id = (SELECT min(h.object_id) FROM glomopay_history h
      WHERE h.version = 2 AND EXISTS (SELECT 1 FROM glomopay_history n
        WHERE n.version = 3 AND n.object_id = h.object_id))`,
  'spoiled-line': `UPDATE glomopay_history SET gateway_status = 'spoiled'
    WHERE object_id = (SELECT min(object_id) FROM glomopay_movements WHERE state = 'succeeded')
      AND to_state = 'succeeded'`,
  'lost-collection': `DELETE FROM purchases WHERE id = ${collected}`,
  'double-collection': `INSERT INTO purchases (${columns})
    SELECT ${columns} FROM purchases WHERE id = ${collected}`,
};

export const sabotageNames = [...Object.keys(bookSabotages), 'unknown-refund', 'false-claim'];

// Spoils what is compared: the shop's books, or what else is known of the run.
export async function spoil(kind, { shop, gateway, elsewhere, operators }) {
  if (kind === 'unknown-refund') {
    const refunded = new Set((await gateway.refunds()).map(({ paymentId }) => paymentId));
    const paid = (await gateway.payments()).find(
      ({ id, status, wasAskedAbout }) =>
        status === 'success' && !wasAskedAbout && !refunded.has(id),
    );
    await elsewhere.refund(paid.id, 1, 'refund-of-nobody');
  } else if (kind === 'false-claim') {
    operators.push({ requestId: 'refund-of-nobody', claim: 'refunded' });
  } else {
    await shop.run(bookSabotages[kind]);
  }
}
