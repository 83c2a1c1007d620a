/** The database that a row about the store is measured on, by the word that its file was started with. */
export async function databaseOf(word = 'postgres') {
  if (word === 'postgres') return (await import('./postgres.mjs')).postgres;
  if (word === 'mysql') return (await import('./mysql.mjs')).mysql;
  throw new Error(`no such database: ${word}; there are postgres and mysql`);
}
