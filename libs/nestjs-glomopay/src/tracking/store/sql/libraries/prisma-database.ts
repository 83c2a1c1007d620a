/** Whatever runs statements of Prisma. */
export interface PrismaRunner {
  $queryRawUnsafe(text: string, ...params: (string | number)[]): PromiseLike<unknown>;
  $executeRawUnsafe(text: string): PromiseLike<unknown>;
}

/** A client of Prisma. */
export interface PrismaDatabase<Tx extends PrismaRunner> extends PrismaRunner {
  $transaction<T>(
    work: (tx: Tx) => Promise<T>,
    options: { maxWait: number; timeout: number; isolationLevel: 'ReadCommitted' },
  ): Promise<T>;
}

/**
 * Prisma would end a transaction after 5 s; ours are ended by the limits of the store, which are
 * minutes at the most, and the waiting for one by theirs, which is shorter than this.
 */
const TRANSACTION_MS = { maxWait: 60_000, timeout: 3_600_000 };

/** Runs the work in a `READ COMMITTED` transaction of Prisma. */
export function prismaTransaction<Tx extends PrismaRunner>(
  client: PrismaDatabase<Tx>,
  work: (tx: Tx) => Promise<void>,
): Promise<void> {
  return client.$transaction(work, { ...TRANSACTION_MS, isolationLevel: 'ReadCommitted' });
}
