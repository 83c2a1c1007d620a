/** What a single call may set for itself, as its last argument. */
export interface RequestOptions {
  /** Ends the call. A write that was already sent ends with an unknown outcome. */
  readonly signal?: AbortSignal | undefined;
  /** Longest duration of one attempt, in milliseconds. @defaultValue the module's `timeoutMs` */
  readonly timeoutMs?: number | undefined;
  /** Longest duration of the call with its retries, in milliseconds. @defaultValue the module's `deadlineMs` */
  readonly deadlineMs?: number | undefined;
}
