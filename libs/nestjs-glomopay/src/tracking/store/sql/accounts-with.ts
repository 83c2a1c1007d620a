/**
 * The accounts of a table that have a row `d` for which the condition holds: from account to account by the
 * index that begins with it, whatever is in them. Not for MySQL, where a recursion ends after 1000 of them.
 */
export function accountsWith(table: string, condition: string): string {
  return `
  WITH RECURSIVE visited (account) AS (
    SELECT min(f.account) FROM ${table} f
    UNION ALL
    SELECT (SELECT min(n.account) FROM ${table} n WHERE n.account > visited.account)
    FROM visited WHERE visited.account IS NOT NULL
  )
  SELECT visited.account AS account FROM visited
  WHERE visited.account IS NOT NULL AND EXISTS (SELECT 1 FROM ${table} d
    WHERE d.account = visited.account AND ${condition})`;
}
