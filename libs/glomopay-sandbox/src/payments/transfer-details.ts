import { randomInt } from 'node:crypto';
import type { Customer } from '../customers/customer.js';
import type { BankTransferDetails } from './payment.js';

/** Who sent it and from where. INFERRED values; the account numbers are no real ones. */
export function transferDetails(customer: Customer | undefined): BankTransferDetails {
  return {
    sender_name: customer?.name ?? 'Unknown Sender',
    sender_country: customer?.country ?? null,
    sender_account_number: '0000000001',
    receiver_account_number: '0000000002',
    sender_bank_name: 'Sandbox Bank',
    sender_bank_country: customer?.country ?? null,
    sender_bank_address: null,
    swift_code: 'SANDBOX0',
    local_routing_number: null,
    external_reference: `SBX${randomInt(100_000, 1_000_000)}`,
    transfer_type: 'swift',
    remittance_information: null,
  };
}
