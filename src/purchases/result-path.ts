import type { Purchase, PurchaseStatus } from './purchase.js';

const pages: Readonly<Record<PurchaseStatus, string>> = {
  succeeded: 'success',
  failed: 'failed',
  pending: 'pending',
  mismatch: 'error',
  needs_attention: 'error',
  closed: 'error',
  returned: 'error',
};

/** Where a buyer reads about the confirmed state of a purchase. Always on this host. */
export function resultPath({ status, reference }: Purchase): string {
  return `/payment/${pages[status]}?ref=${reference}`;
}
