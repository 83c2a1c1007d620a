/**
 * What a host can import: `.` is `src/index.ts`, any other name is `src/<name>/index.ts`.
 *
 * A new entry point is one more name here; the build bundles it and writes it into the manifest.
 */
export const entryPoints = [
  '.',
  'bullmq',
  'doctor',
  'mysql',
  'operations',
  'postgres',
  'sqlite',
  'terminus',
  'testing',
];

/** The name of an entry point's files in `dist/esm` and `dist/cjs`. */
export const fileOf = (entry) => (entry === '.' ? 'index' : entry);

/** The module of an entry point below the sources, without its extension. */
export const moduleOf = (entry) => (entry === '.' ? 'index' : `${entry}/index`);
