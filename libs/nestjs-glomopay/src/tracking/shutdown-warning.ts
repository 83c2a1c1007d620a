import { Logger } from '@nestjs/common';
import { oncePerApplication } from './handlers/once-per-application.js';

/** A host may switch its hooks on after the application listens. */
const LOOK_AFTER_MS = 5_000;

/**
 * Says once per application that a stop would abandon what is running. Nest does not tell whether its
 * hooks are on; but they listen to signals of the process, and where none listens to the signal that
 * ends a container, nothing can wait for a handler.
 */
export const warnWithoutShutdownHooks = oncePerApplication(() => {
  const timer = setTimeout(() => {
    if (process.listenerCount('SIGTERM') > 0) return;
    new Logger('Glomopay').warn(
      'nothing listens to SIGTERM: a stop abandons the webhook events that are being handled for a minute; call app.enableShutdownHooks()',
    );
  }, LOOK_AFTER_MS);
  timer.unref();
  return { cancel: () => clearTimeout(timer) };
});
