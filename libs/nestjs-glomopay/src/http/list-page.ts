import { Logger } from '@nestjs/common';
import type { Page } from '../wire/page.js';
import type { GatewayCall } from './gateway-call.js';
import type { GatewayClient } from './gateway-client.js';
import { operationName } from './operation.js';

const logger = new Logger('Glomopay');

/** Fetches a page of a list. Items that cannot be read are told to the log, by what is wrong with them. */
export async function listPage<T>(
  client: GatewayClient,
  call: GatewayCall<Page<T>>,
): Promise<Page<T>> {
  const page = await client.call(call);
  const [first] = page.unreadable;
  if (first !== undefined) {
    const { path, expected } = first.fault;
    logger.warn(
      `${operationName(call.operation)}: ${page.unreadable.length} of ${page.data.length + page.unreadable.length} items cannot be read and are left out (${path} is not ${expected})`,
    );
  }
  return page;
}
