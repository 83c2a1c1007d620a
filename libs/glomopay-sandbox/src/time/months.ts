/** So many months after a moment, UTC; in a month that is too short its last day (INFERRED). */
export function monthsLater(moment: number, months: number): number {
  const later = new Date(moment);
  const day = later.getUTCDate();
  later.setUTCMonth(later.getUTCMonth() + months, 1);
  const lastDay = new Date(Date.UTC(later.getUTCFullYear(), later.getUTCMonth() + 1, 0));
  return later.setUTCDate(Math.min(day, lastDay.getUTCDate()));
}
