import type { IdKind, IdOf, IdText } from '../values/ids.js';
import type { RequestDto } from '../wire/request-dto.js';
import type * as library from '../index.js';

/*
 * Checked by the compiler alone: whatever of an input is named as an id takes the ids of its own kinds
 * and any text, and not the id of another kind. The inputs are found by the methods of the exported
 * classes, so a new one cannot be forgotten.
 */

type Library = typeof library;

/** The classes whose methods take ids and inputs. */
type CallerName = Extract<keyof Library, `${string}Service` | `${string}Tracker`>;
type Caller<N extends CallerName> = Library[N] extends abstract new (...args: never) => infer C
  ? C
  : never;

/** The kinds whose ids compile where a type is wanted. */
type Taken<T> = { [K in IdKind]: IdOf<K> extends T ? K : never }[IdKind];

/** Names of texts that are no id of the gateway: the host's own key, and its name for a customer. */
type OwnName = 'requestId' | 'bankCustomerId';

/** Not of a request class: its members are texts, for whatever a body may hold, and are looked at later. */
type Members<T> = T extends readonly (infer E)[]
  ? Members<E>
  : T extends RequestDto
    ? never
    : T extends object
      ? T
      : never;

/** `payinId: order topUp …` for every id of an input, and of what is in it. */
type IdsIn<T, Depth extends readonly unknown[] = []> = Depth['length'] extends 4
  ? never
  : Members<T> extends infer M
    ? M extends unknown
      ? {
          [P in keyof M & string]-?: P extends OwnName
            ? never
            : P extends `${string}Id` | `${string}Ids`
              ? readonly [P, M[P]]
              : IdsIn<Exclude<M[P], undefined | null | string | number | boolean>, [...Depth, 0]>;
        }[keyof M & string]
      : never
    : never;

/** What every method of a class takes: a text alone, or an input. */
type Taking<C> = {
  [M in keyof C & string]: C[M] extends (...args: infer A) => unknown
    ? A[number] extends infer P
      ? P extends string
        ? readonly [`${M}()`, P]
        : P extends object
          ? IdsIn<P> extends infer I
            ? I extends readonly [infer N extends string, infer T]
              ? readonly [`${M}.${N}`, T]
              : never
            : never
          : never
      : never
    : never;
}[keyof C & string];

/** Every id that the library is given: where, and its type. */
type Given = {
  [N in CallerName]: Taking<Caller<N>> extends infer G
    ? G extends readonly [infer P extends string, infer T]
      ? readonly [`${N}.${P}`, T]
      : never
    : never;
}[CallerName];

/** Of a list its items; whether a member is optional stays, for that is where kinds got lost. */
type One<T> = [T] extends [undefined]
  ? T
  : Exclude<T, undefined> extends readonly (infer E)[]
    ? E
    : T;

/** Where the id of every kind compiles, so that no kind is asked for. */
type Open = Given extends infer G
  ? G extends readonly [infer P, infer T]
    ? [IdKind] extends [Taken<One<T>>]
      ? P
      : never
    : never
  : never;

/** Where an id compiles, and a text of a database has to be cast. */
type Closed = Given extends infer G
  ? G extends readonly [infer P, infer T]
    ? [Taken<One<T>>] extends [never]
      ? never
      : string extends One<T>
        ? never
        : P
    : never
  : never;

/** Texts that are no id of the gateway: a `requestId`, and a day. */
type Text =
  | `${'Payment' | 'Refund'}Tracker.${'get' | 'check' | 'history' | 'resolve'}()`
  | 'SubscriptionsService.moveNextPayment()';

/** A callback is given by its verifier: its order may be a subscription, its payment is checked. */
type Verified = 'PaymentTracker.confirm.orderId' | 'PaymentTracker.confirm.paymentId';

type IsNone<T> = [T] extends [never] ? true : T;

type Place = Given[0];

export const open: IsNone<Exclude<Open, Text | Verified>> = true;
export const closed: IsNone<Exclude<Closed, Verified>> = true;

/** Some of those that are found; were none found, nothing above would be said. */
export const found = [
  'OrdersService.create.priceId',
  'OrdersService.create.splitIds',
  'OrdersService.create.lrsQuoteId',
  'OrdersService.list.customerId',
  'PaymentsService.list.payinId',
  'PaymentsService.get()',
  'RefundsService.create.documentId',
  'PaymentTracker.pay.splitIds',
] as const satisfies readonly Place[];

/** In a union with nothing, as optional members are. */
export function optional(
  order: IdOf<'order'>,
  text: string,
): readonly (IdText<'customer'> | undefined)[] {
  // @ts-expect-error an order is no customer
  const foreign: IdText<'customer'> | undefined = order;
  // @ts-expect-error nor is one of either
  const either: IdText<'customer'> | undefined = order as IdOf<'order' | 'price'>;
  return [foreign, either, text, 'cust_1', `cust_${text}`, undefined];
}
