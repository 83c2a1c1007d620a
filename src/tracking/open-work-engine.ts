import { InProcessEngine, type WorkEngine } from 'nestjs-glomopay';
import type { ShopSettings } from '../config/shop-settings.js';

/** Keeps the shop's keys apart from those of other programs on the same Redis. */
const REDIS_PREFIX = '{harbour-lane}';

/**
 * What makes the work of the tracker happen: a Redis that all processes of the shop share, or each
 * process by itself. A Redis that is away keeps the shop neither from starting nor from selling.
 */
export async function openWorkEngine(settings: ShopSettings): Promise<WorkEngine> {
  const url = settings.redisUrl();
  if (url === undefined) {
    return new InProcessEngine();
  }
  // Only here, so that an installation without Redis may leave BullMQ out.
  const { BullMqEngine } = await import('nestjs-glomopay/bullmq');
  return new BullMqEngine({ connection: { url }, prefix: REDIS_PREFIX });
}
