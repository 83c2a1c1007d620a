import { integer, pgTable, text } from 'drizzle-orm/pg-core';

/** What became of each payment, in the shop's own words. */
export const purchases = pgTable('purchases', {
  reference: text().primaryKey(),
  outcome: text().notNull(),
  amount: integer().notNull(),
});
