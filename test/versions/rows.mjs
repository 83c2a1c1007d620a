import { mariadbOf, mysqlOf } from './mysql.mjs';
import { pgbouncerOf } from './pgbouncer.mjs';
import { postgresOf } from './postgres.mjs';

const LIB = 'libs/nestjs-glomopay/src';
const ON_MYSQL = [`${LIB}/mysql`];
const ON_POSTGRES = [
  `${LIB}/postgres/(?:postgres-contract|postgres-connections|postgres-ambient|postgres-place)`,
  `${LIB}/postgres/(?:settlement-rivals|migrations|grants|examine-tables|partitions|library-errors)`,
];
const CONTRACT = [`${LIB}/postgres/postgres-contract`];

const server = (name, what, start, specs) => ({ name, what, start, specs });
const library = (packages, stack, specs = CONTRACT) => ({
  name: packages[0]
    .replace(/(?!^)@.*$/, '')
    .replace(/^@/, '')
    .replace('/', '-'),
  what: packages.map((one) => `\`${one.replace(/@(?=[^@]*$)/, '` ')}`).join(', '),
  packages,
  specs,
  titles: `through ${stack}( |$)`,
});

/** What is run: a server or a pooler of another version, or a library at the old end of its range. */
export const rows = [
  server('mysql-9', 'MySQL of Debian sid', mysqlOf('sid'), ON_MYSQL),
  server('mariadb-11', 'MariaDB of Debian trixie', mariadbOf('trixie'), ON_MYSQL),
  server('postgres-13', 'PostgreSQL', postgresOf('13.23.0-beta.16'), ON_POSTGRES),
  server('postgres-14', 'PostgreSQL', postgresOf('14.23.0-beta.17'), ON_POSTGRES),
  server('postgres-16', 'PostgreSQL', postgresOf('16.14.0-beta.17'), ON_POSTGRES),
  server('postgres-17', 'PostgreSQL', postgresOf('17.10.0-beta.17'), ON_POSTGRES),
  server('postgres-18', 'PostgreSQL', postgresOf('18.4.0-beta.17'), ON_POSTGRES),
  server(
    'pgbouncer',
    'PgBouncer, by transactions',
    pgbouncerOf('trixie', '18.4.0-beta.17'),
    CONTRACT,
  ),
  {
    ...server(
      'pgbouncer-unprepared',
      'PgBouncer that follows no prepared statements, as before 1.21',
      pgbouncerOf('trixie', '18.4.0-beta.17', { max_prepared_statements: 0 }),
      CONTRACT,
    ),
    titles: 'through pg with nothing prepared',
  },
  library(['kysely@0.27.0'], 'Kysely'),
  library(['drizzle-orm@0.36.0'], 'Drizzle'),
  library(['typeorm@0.3.0'], 'TypeORM'),
  library(['pg@8.11.0'], 'pg'),
  library(['prisma@6.19.3', '@prisma/client@6.19.3', '@prisma/adapter-pg@6.19.3'], 'Prisma'),
  library(['postgres@3.3.0'], 'postgres\\.js'),
  library(['knex@3.0.1'], 'Knex'),
  library(['sequelize@6.12.5'], 'Sequelize'),
  library(
    ['@mikro-orm/postgresql@6.1.0', '@mikro-orm/core@6.1.0', '@mikro-orm/knex@6.1.0'],
    'MikroORM',
  ),
  library(['mysql2@3.0.0'], 'mysql2', [`${LIB}/mysql/mysql-contract`]),
  library(['mariadb@3.0.0'], 'mariadb', [`${LIB}/mysql/mysql-contract`]),
];
