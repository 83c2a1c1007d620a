import { ConfigService } from '@nestjs/config';
import { MemoryTrackingStore } from 'nestjs-glomopay';

/**
 * The options of an account. The factories of two accounts are the same text and differ only in what
 * they close over: a container that goes by the text takes one for the other.
 */
export const optionsOf = (account: string) => ({
  inject: [ConfigService],
  useFactory: (config: ConfigService) => ({
    secretKey: config.getOrThrow<string>(`${account}_SECRET_KEY`),
    webhookSecret: config.getOrThrow<string>(`${account}_WEBHOOK_SECRET`),
    baseUrl: config.getOrThrow<string>(`${account}_BASE_URL`),
    callbackUrl: config.getOrThrow<string>('CALLBACK_URL'),
  }),
});

export const tracking = () => ({ useFactory: () => ({ store: new MemoryTrackingStore() }) });
