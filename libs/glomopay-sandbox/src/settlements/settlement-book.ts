import { Book } from '../books/book.js';
import { lifecycle } from '../books/lifecycle.js';
import type { ResourceKit } from '../resource-kit.js';
import { SETTLEMENT } from './settlement.js';
import type { SettlementRecord, SettlementStatus } from './settlement.js';

/** All settlements. */
export function settlementBook({
  clock,
  publish,
}: Pick<ResourceKit, 'clock' | 'publish'>): Book<SettlementRecord> {
  return new Book<SettlementRecord>(
    {
      ...SETTLEMENT,
      lifecycles: [
        lifecycle<SettlementRecord, SettlementStatus>({
          statusOf: ({ settlement }) => settlement.status,
          moves: { in_progress: ['success'], success: [] },
          events: {
            publish,
            entity: 'settlement',
            shown: ({ settlement }) => settlement,
            atOpen: ['in_progress'],
          },
        }),
      ],
    },
    clock,
  );
}
