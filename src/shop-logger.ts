import { ConsoleLogger } from '@nestjs/common';

/** What Nest says about each module and route, every time. */
const STARTUP = new Set([
  'NestApplication',
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
]);

/** The console without the framework's start-up list, so that the address to open can be seen. */
export class ShopLogger extends ConsoleLogger {
  override log(message: unknown, ...rest: unknown[]): void {
    const context = rest.at(-1);
    if (typeof context !== 'string' || !STARTUP.has(context)) {
      super.log(message, ...rest);
    }
  }
}
