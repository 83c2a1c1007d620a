/** How the state is served. */
export interface Serving {
  /** Where the sandbox listens; known once it does. */
  readonly origin: () => string;
  /** Aborts when the sandbox stops. */
  readonly stopping: AbortSignal;
}
