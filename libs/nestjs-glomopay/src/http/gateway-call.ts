import type { GlomopayError } from '../errors/glomopay.error.js';
import type { CheckedId } from '../wire/checked-id.js';
import type { Deadline } from './deadline.js';
import { filledPath, type Operation } from './operation.js';
import type { RequestOptions } from './request-options.js';
import type { CallSecret } from '../logging/scrub.js';

/** One call to the gateway, every part of it checked. */
export interface GatewayCall<T> {
  readonly operation: Operation;
  /** What goes into the places of the path, by their names. */
  readonly ids?: Readonly<Record<string, CheckedId>> | undefined;
  /** True: nobody has said what is in the path, so that no trace names it. */
  readonly isSubjectHidden?: boolean;
  readonly query?: Readonly<Record<string, string | number | undefined>> | undefined;
  /** JSON in wire names, or a form, whose type is its content type. */
  readonly body?: Readonly<Record<string, unknown>> | Blob | undefined;
  readonly requestId?: string | undefined;
  /** Values of the body that nothing may show. */
  readonly secrets?: readonly CallSecret[] | undefined;
  readonly decode: (body: unknown) => T;
  readonly options?: RequestOptions | undefined;
  /** Fewer attempts than configured, for a caller that tries again by itself. */
  readonly maxAttempts?: number;
}

/** A call that ended without an answer of its own. */
export interface FailedResult {
  readonly kind: 'failed';
  /** To throw, unless a look-up finds the object. */
  readonly failure: GlomopayError;
  /**
   * Whether to look for what a guarded create or a change has done all the same: `certainly` when the
   * gateway itself said that it is there, `perhaps` when an attempt may have arrived, `unlikely` when
   * a create was refused in other words.
   */
  readonly lookUp: 'no' | 'unlikely' | 'perhaps' | 'certainly';
  readonly deadline: Deadline;
  /** When the call began, in milliseconds since the Unix epoch. */
  readonly startedAt: number;
}

/** How a call ended. */
export type SendResult<T> = { readonly kind: 'answered'; readonly value: T } | FailedResult;

/** The path with its checked ids and its query; undefined filters are left out. */
export function pathOf(call: Pick<GatewayCall<unknown>, 'operation' | 'ids' | 'query'>): string {
  const path = filledPath(call.operation, (place) => {
    const id = call.ids?.[place];
    if (id === undefined) throw new TypeError(`There is no id for {${place}}.`);
    return id;
  });
  if (call.query === undefined) return path;
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query)) {
    if (value !== undefined) parameters.set(name, String(value));
  }
  return parameters.size === 0 ? path : `${path}?${parameters.toString()}`;
}

/** The object that a call is about, for a trace: the innermost of its path. */
export function subjectId({
  ids = {},
  isSubjectHidden = false,
}: Pick<GatewayCall<unknown>, 'ids' | 'isSubjectHidden'>): CheckedId | undefined {
  return isSubjectHidden ? undefined : Object.values(ids).at(-1);
}
