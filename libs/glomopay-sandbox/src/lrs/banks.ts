import { GatewayError } from '../http/gateway-error.js';
import type { Fields } from '../http/fields.js';

/** Banks by which residents of India remit, by the gateway's codes. INFERRED: all names but the first. */
export const LRS_BANKS: ReadonlyMap<string, string> = new Map([
  ['hdfc', 'HDFC bank'],
  ['axis', 'Axis bank'],
  ['icici', 'ICICI bank'],
  ['fdrl', 'Federal bank'],
]);

/** Which of them the account may use; without any it has no LRS. */
export interface LrsSettings {
  readonly banks: readonly string[];
}

/** An account, as far as remittances are concerned. */
export interface LrsAccount {
  readonly lrs: LrsSettings;
}

/** @throws {GatewayError} 403 where the account has no LRS (INFERRED text). */
export function assertLrs({ lrs }: LrsAccount): void {
  if (lrs.banks.length === 0) throw GatewayError.forbidden('LRS is not enabled for your account');
}

/** Reads `bank_code`: one of the banks, in its own letter case, that is enabled. */
export function readBankCode(fields: Fields, { lrs }: LrsAccount): string {
  const code = fields.requiredText('bank_code');
  if (code === '') return code;
  if (!LRS_BANKS.has(code)) fields.problem(`Bank code ${word(code)} is not a valid bank code`);
  else if (!lrs.banks.includes(code)) {
    fields.problem(`Bank code ${code} is not enabled for your business`);
  }
  return code;
}

/** No received text is repeated unless it has the form of a bank's code. */
function word(code: string): string {
  return /^[A-Za-z]{3,8}$/.test(code) ? code : 'sent';
}
