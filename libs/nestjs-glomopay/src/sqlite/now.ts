/** Milliseconds since the Unix epoch by the database's clock, the same within one statement. */
export const NOW = `CAST(round((julianday('now') - 2440587.5) * 86400000) AS INTEGER)`;
