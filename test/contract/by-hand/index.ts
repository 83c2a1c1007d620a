import type { HandCalls } from '../call.js';
import { apiKeys } from './api-keys.js';
import { beneficiaries } from './beneficiaries.js';
import { lrs } from './lrs.js';
import { olderPayments } from './older-payments.js';
import { payouts } from './payouts.js';
import { settlements } from './settlements.js';
import { virtualAccounts } from './virtual-accounts.js';

/** What the library has no method for, and the sandbox serves all the same. */
export const byHand: readonly HandCalls[] = [
  olderPayments,
  beneficiaries,
  payouts,
  settlements,
  virtualAccounts,
  lrs,
  apiKeys,
];

/** Operations that the sandbox does not serve, by the reason. */
export const notServed: Readonly<Record<string, string>> = {
  getPublicOrder: 'what its members may say is not documented',
};
