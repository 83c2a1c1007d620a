import { Logger } from '@nestjs/common';
import type { OperationsConfig } from './operations-options.js';
import { OperationsRefusal } from './operations-refusal.js';

const logger = new Logger('Glomopay');

/** No name is longer, as those who close records. */
const MOST_OF_NAME = 100;

/** Who is behind a request, for the log, as one line of it; the host may not say. */
export async function whoAsks(config: OperationsConfig, request: object): Promise<string> {
  const name = (await nameOf(config, request)) ?? 'An operator';
  return name.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?').slice(0, MOST_OF_NAME);
}

/**
 * Who closes a record.
 *
 * @throws {OperationsRefusal} `no_actor`: the host does not say.
 */
export async function whoCloses(config: OperationsConfig, request: object): Promise<string> {
  const name = await nameOf(config, request);
  if (name === undefined) throw new OperationsRefusal('no_actor');
  return name;
}

async function nameOf({ actor }: OperationsConfig, request: object): Promise<string | undefined> {
  if (actor === undefined) return undefined;
  try {
    const name: unknown = await actor(request);
    if (typeof name === 'string' && name.trim() !== '') return name;
    logger.error('The option actor of GlomopayOperationsModule gave no name');
  } catch (thrown) {
    const words = thrown instanceof Error ? thrown.message : 'unknown';
    logger.error(`The option actor of GlomopayOperationsModule failed: ${words}`);
  }
  return undefined;
}
