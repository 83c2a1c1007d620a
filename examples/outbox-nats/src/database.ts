import Database from 'libsql';

const file = process.env.DATABASE_FILE ?? 'shop.db';

/** A connection to the one file that holds the purchases of the shop and the records of the library. */
export const openDatabase = () => new Database(file);
