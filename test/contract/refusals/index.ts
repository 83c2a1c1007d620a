import { keyRefusals } from './keys.js';
import { otherRefusals } from './money.js';
import { beneficiaryRefusals } from './beneficiaries.js';
import { payoutRefusals } from './payouts.js';
import { payinRefusals } from './payins.js';
import { paymentRefusals } from './payments.js';
import type { Refusal } from './refusal.js';
import { refundRefusals } from './refunds.js';
import { remittanceRefusals } from './remittances.js';
import { subscriptionRefusals } from './subscriptions.js';

/** Every refusal whose words are documented and that a call can bring about, by what is refused. */
export const refusals: readonly { readonly title: string; readonly cases: readonly Refusal[] }[] = [
  { title: 'keys and ids', cases: keyRefusals },
  { title: 'orders and payment links', cases: payinRefusals },
  { title: 'a payment', cases: paymentRefusals },
  { title: 'a refund', cases: refundRefusals },
  { title: 'a subscription', cases: subscriptionRefusals },
  { title: 'remittances', cases: remittanceRefusals },
  { title: 'a beneficiary', cases: beneficiaryRefusals },
  { title: 'a payout', cases: payoutRefusals },
  { title: 'customers and balances', cases: otherRefusals },
];
