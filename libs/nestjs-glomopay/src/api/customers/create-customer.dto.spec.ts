import 'reflect-metadata';
import { describe, expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import { inspect } from 'node:util';
import { CreateCustomerDto } from './create-customer.dto.js';

const PAN = 'ABCDE1234F';

describe('CreateCustomerDto', () => {
  it.each([
    ['as in TypeScript', { kyc: { panNumber: PAN } }],
    ['as on the wire', { kyc: { pan_number: PAN } }],
  ])('is inspected by the last four of a PAN that was written %s', (_, body) => {
    const customer = plainToInstance(CreateCustomerDto, body);
    expect(customer.kyc?.panNumber).toBe(PAN);
    expect(inspect(customer)).toContain('kyc: CustomerKycDto(***234F)');
    expect(inspect(customer)).not.toContain(PAN);
  });

  it('shows no PAN in the errors of a validation', () => {
    const errors = validateSync(plainToInstance(CreateCustomerDto, { kyc: { panNumber: PAN } }));
    expect(errors.length).toBeGreaterThan(0);
    expect(inspect(errors, { depth: 9 })).toContain('CustomerKycDto(***234F)');
    expect(inspect(errors, { depth: 9 })).not.toContain(PAN);
  });
});
