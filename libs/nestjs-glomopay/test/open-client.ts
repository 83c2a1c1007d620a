import { aSecretKey } from '../../../test/support/library/secret-key.js';
import { FastClock } from '../../../test/support/library/fast-clock.js';
import { configOfTexts } from '../src/config/resolve-config.js';
import { SealedOptions } from '../src/config/sealed-options.js';
import { GatewayClient } from '../src/http/gateway-client.js';
import { GlomopayHttp } from '../src/http/glomopay-http.js';

/** The client by itself, without Nest, in front of a gateway at an address. */
export interface OpenClient {
  readonly client: GatewayClient;
  /** Its pauses take no time. */
  readonly clock: FastClock;
  stop(): Promise<void>;
}

export function openClient(baseUrl: string): OpenClient {
  const clock = new FastClock();
  const secretKey = aSecretKey();
  const config = configOfTexts(new SealedOptions({ secretKey, baseUrl, timeoutMs: 10_000 }));
  const http = new GlomopayHttp(config);
  return {
    client: new GatewayClient(config, http, clock, 'default'),
    clock,
    stop: async () => http.onApplicationShutdown(),
  };
}
