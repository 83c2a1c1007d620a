import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { inspect } from 'node:util';
import { BankAccountDto, PayerBankAccountDto } from './bank-account.dto.js';

const NUMBER = '5550001234987';

describe('BankAccountDto', () => {
  it('is inspected by the last four of its number', () => {
    const account = plainToInstance(BankAccountDto, { account_number: NUMBER, bic_primary: 'B' });
    expect(inspect({ account })).toBe('{ account: BankAccountDto(***4987) }');
    expect(account.accountNumber).toBe(NUMBER);
  });

  it('shows no number in the errors of a validation', () => {
    const account = plainToInstance(PayerBankAccountDto, { accountNumber: NUMBER });
    const errors = validateSync(account);
    expect(errors).toHaveLength(1);
    expect(inspect(errors, { depth: 9 })).toContain('PayerBankAccountDto(***4987)');
    expect(inspect(errors, { depth: 9 })).not.toContain(NUMBER);
  });

  it.each([
    ['1234567', '***'],
    ['', '***'],
    [undefined, 'empty'],
    [12_345_678, 'empty'],
  ])('shows nothing of %j', (accountNumber, shown) => {
    const account = Object.assign(new BankAccountDto(), { accountNumber });
    expect(inspect(account)).toBe(`BankAccountDto(${shown})`);
  });
});
