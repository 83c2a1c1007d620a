/** How the merchant's account behaves where the documentation leaves it open. A test may change it at any time. */
export interface SandboxAccount {
  /**
   * Whether the other checks of a create (customer, order, paid already) run before the one for a
   * used `request_id`, so that a repeat is refused in their words. The real order is not documented.
   */
  duplicateCheckLast: boolean;
}
