import type { ShopSettings } from '../config/shop-settings.js';
import {
  type NextHandler,
  pathOf,
  type ShopRequest,
  type ShopResponse,
} from '../http/shop-request.js';

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * On a developer's machine, leads from another name of the machine (`127.0.0.1`) to the public
 * address (`localhost`). The return from the bank goes there, and would not find its cookie.
 */
export function oneAddress({ publicUrl }: ShopSettings) {
  const { host, hostname, port } = new URL(publicUrl);
  const others = new Set([...LOOPBACK_NAMES].map((name) => `${name}:${port}`));
  others.delete(host);
  return (request: ShopRequest, response: ShopResponse, next: NextHandler): void => {
    const isFrontPage = request.method === 'GET' && pathOf(request) === '/';
    const isOther = LOOPBACK_NAMES.has(hostname) && others.has(request.headers.host ?? '');
    if (isFrontPage && isOther) {
      response.writeHead(302, { Location: `${publicUrl}/` });
      response.end();
      return;
    }
    next();
  };
}
