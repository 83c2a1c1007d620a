/**
 * Fits on methods that take what they are told, and a transaction of any store: whatever type its
 * parameter has, `never` is one of it.
 */
export interface OutcomeDecorator<Told> {
  <Handler extends (told: Told, tx: never) => unknown>(
    prototype: object,
    method: string | symbol,
    descriptor: TypedPropertyDescriptor<Handler>,
  ): void;
}
