import type { Environment } from '../keys/secret-key.js';

/** How the state is served. */
export interface Serving {
  /** Where the sandbox listens; known once it does. */
  readonly origin: () => string;
  /** Of the sandbox's keys. */
  readonly environment: Environment;
  /** Aborts when the sandbox stops. */
  readonly stopping: AbortSignal;
}
