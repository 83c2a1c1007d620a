import process from 'node:process';

/**
 * Which tests a run has: `quick`, those that need nothing but Node.js (`npm test`); `slow`, those that
 * need a server (`npm run test:slow`); both (`npm run test:all`, and a file that is run by itself).
 */
const half = process.env['TEST_HALF'] ?? 'both';

/** Variants of a test that need no server, where a file has others that do. */
export function quick<Variant>(...variants: readonly Variant[]): readonly Variant[] {
  return half === 'slow' ? [] : variants;
}

/**
 * Whether the tests on a server are run.
 *
 * @throws where no server answers, and this is a run that must have them.
 */
export async function isAskedFor(place: string, answers: () => Promise<boolean>): Promise<boolean> {
  if (half === 'quick') return false;
  const isThere = await answers();
  const isNeeded = half === 'slow' || process.env['CI'] === 'true';
  if (!isThere && isNeeded) throw new Error(`No ${place} answers`);
  return isThere;
}
