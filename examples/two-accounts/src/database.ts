import Database from 'libsql';

const file = process.env.DATABASE_FILE ?? 'shop.db';

/** A connection to the one file that holds the shop's purchases and both accounts' records. */
export const openDatabase = () => new Database(file);
