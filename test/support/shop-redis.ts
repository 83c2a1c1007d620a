import { Redis } from 'ioredis';

/** The Redis for tests: `TEST_REDIS_URL`, or a database of its own in the one of this machine. */
export const redisUrl = process.env['TEST_REDIS_URL'] ?? 'redis://127.0.0.1:6379/11';

/** Settings of a shop that uses Redis. */
export const onRedis = { REDIS_URL: redisUrl } as const;

/** Removes what shops have left in Redis. */
export async function clearRedis(): Promise<void> {
  await withRedis(async (redis) => {
    const keys = await redis.keys('{harbour-lane}*');
    if (keys.length > 0) {
      await redis.del(keys);
    }
  });
}

async function withRedis<T>(work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(redisUrl, { maxRetriesPerRequest: 0, retryStrategy: () => null });
  // The command says it too.
  redis.on('error', () => undefined);
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
}
