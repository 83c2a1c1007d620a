/** Which months are to have partitions of their own. */
export interface PartitionWish {
  /** A moment of the first month. */
  readonly from: Date;
  readonly months: number;
}

const MOST_MONTHS = 120;

/** The words of the command line about partitions. */
export interface PartitionWords {
  readonly by: string | undefined;
  readonly firstMonth: string | undefined;
  readonly months: string | undefined;
}

/**
 * What was asked for, undefined: no partitions.
 *
 * @throws {Error} a word is none, or stands without the others.
 */
export function partitionWish({
  by,
  firstMonth,
  months,
}: PartitionWords): PartitionWish | undefined {
  if (by === undefined) {
    if (firstMonth === undefined && months === undefined) return undefined;
    throw new Error('--first-month and --months need --partition-by month');
  }
  if (by !== 'month') throw new Error('--partition-by is month');
  return { from: monthOf(firstMonth), months: monthsOf(months) };
}

/** The next month, unless another is named: the first one must not have begun. */
function monthOf(word: string | undefined): Date {
  if (word === undefined) {
    const now = new Date();
    return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1));
  }
  if (/^\d{4}-(?:0[1-9]|1[0-2])$/.test(word)) return new Date(`${word}-01T00:00:00Z`);
  throw new Error('--first-month is a year and a month: 2027-01');
}

function monthsOf(word = '12'): number {
  const months = /^\d{1,3}$/.test(word) ? Number(word) : 0;
  if (months >= 1 && months <= MOST_MONTHS) return months;
  throw new Error(`--months is 1 to ${MOST_MONTHS}`);
}
