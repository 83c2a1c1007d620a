const followed = '(SELECT min(request_id) FROM followed)';
const told = '(SELECT min(request_id) FROM told)';

// What spoils the books of the fleet, to see whether the comparison notices; each by its name.
export const sabotages = {
  'lost-effect': `DELETE FROM effects WHERE handler = 'Effects.first'
    AND event_id = (SELECT min(event_id) FROM effects)`,
  'lost-follow-up': `DELETE FROM followed WHERE request_id = ${followed}`,
  'foreign-follow-up': `INSERT INTO followed
    SELECT request_id, CASE outcome WHEN 'succeeded' THEN 'failed' ELSE 'succeeded' END
    FROM followed WHERE request_id = ${followed}`,
  'lost-outcome': `DELETE FROM told WHERE request_id = ${told}`,
  'double-outcome': `INSERT INTO told SELECT * FROM told WHERE request_id = ${told}`,
  'foreign-closing': `UPDATE glomopay_movements SET resolved_by = 'nobody'
    WHERE request_id = (SELECT min(request_id) FROM glomopay_movements WHERE kind = 'collection')`,
  'lost-line': `DELETE FROM glomopay_history WHERE version = 2 AND to_state = 'needs_attention'`,
  'spoiled-line': `UPDATE glomopay_history SET reason = 'spoiled' WHERE version = 3`,
};
