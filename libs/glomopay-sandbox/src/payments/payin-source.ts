import type { Payable } from './payable.js';

/** Something that money can be sent for. */
export interface Payin {
  readonly id: string;
  readonly isActive: boolean;
  /** With what a payer is quoted for a transfer (INFERRED: the amount that was asked for). */
  readonly payable: Payable;
}

/** One kind of such things: orders, top-ups. */
export interface PayinSource {
  /** How their ids begin. */
  readonly idPrefix: string;
  find(id: string): Payin | undefined;
  /** Those that a transfer which named none may be connected to; without, there are none. */
  list?(): Payin[];
  /** Marks it paid. */
  pay(id: string): void;
}
