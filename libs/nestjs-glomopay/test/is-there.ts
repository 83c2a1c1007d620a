import process from 'node:process';

/**
 * Whether a server answers. Without one its tests are skipped, unless this is CI.
 *
 * @throws in CI, where no server answers.
 */
export async function isThere(place: string, answers: () => Promise<boolean>): Promise<boolean> {
  const answered = await answers();
  if (!answered && process.env['CI'] === 'true') throw new Error(`No ${place} answers`);
  return answered;
}
