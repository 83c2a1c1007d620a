const IBAN = /^([A-Z]{2})\d{2}[A-Z0-9]{10,30}$/;

/** Whether an account number has the form of an IBAN; its check digits are not looked at. */
export function isIban(account: string): boolean {
  return ibanCountry(account) !== undefined;
}

/** The country of an IBAN in two letters. @returns `undefined` when it is none. */
export function ibanCountry(account: string): string | undefined {
  return IBAN.exec(account.replaceAll(' ', ''))?.[1];
}
