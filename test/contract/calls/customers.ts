import {
  CustomersService,
  type BankAccountInput,
  type CreateCustomerInput,
  type CustomerFilterInput,
  type UpdateCustomerInput,
} from 'nestjs-glomopay';
import { call, type ResourceCalls } from '../call.js';

const smallest = {
  name: 'Asha Rao',
  email: 'asha.rao@example.com',
  address: '12 Quay Road',
  city: 'Porto',
  state: 'Porto',
  country: 'PRT',
};

export const customers: ResourceCalls = {
  title: 'Customers',
  calls: [
    call({
      endpoint: 'createCustomer',
      service: CustomersService,
      method: 'create',
      repeat: 'guarded',
      guard: 'for the same e-mail and country',
      tests: ['test/calls/wire-bodies.e2e-spec.ts'],
      send: (service, input: CreateCustomerInput) => service.create(input),
      smallest: {
        input: { ...smallest, customerType: 'individual' },
        wire: { ...smallest, customer_type: 'individual' },
      },
      fullest: {
        'every member': {
          input: {
            ...smallest,
            customerType: 'business',
            phone: '+91-9023456789',
            dob: '2003-11-29',
            nationality: 'IND',
            pincode: '560048',
            kyc: { panNumber: 'IXQPK8942E' },
          },
          wire: {
            ...smallest,
            customer_type: 'business',
            phone: '+91-9023456789',
            dob: '2003-11-29',
            nationality: 'IND',
            pincode: '560048',
            kyc: { pan_number: 'IXQPK8942E' },
          },
        },
      },
      arrange: async (gateway) => ({ wire: { email: `asha-${gateway.another}@example.com` } }),
    }),
    call({
      endpoint: 'getCustomers',
      service: CustomersService,
      method: 'list',
      also: ['listAll'],
      repeat: 'nothing',
      send: (service, filter: CustomerFilterInput) => service.list(filter),
      smallest: { input: {} },
      fullest: {
        'every filter': {
          input: {
            customerType: 'individual',
            emailAddress: 'asha.rao@example.com',
            taxIdentificationNumber: 'IXQPK8942E',
            before: '2099-01-01T00:00:00Z',
            after: '2020-01-01',
            perPage: 50,
            page: 1,
          },
          wire: {
            customer_type: 'individual',
            email_address: 'asha.rao@example.com',
            tax_identification_number: 'IXQPK8942E',
            before: '2099-01-01T00:00:00Z',
            after: '2020-01-01',
            per_page: 50,
            page: 1,
          },
        },
      },
      arrange: async (gateway) => {
        await gateway.customer();
        return {};
      },
    }),
    call({
      endpoint: 'getCustomerById',
      service: CustomersService,
      method: 'get',
      repeat: 'nothing',
      send: (service, _: object, id) => service.get(id),
      smallest: { input: {} },
      arrange: async (gateway) => ({ id: await gateway.customer() }),
    }),
    call({
      endpoint: 'updateCustomer',
      service: CustomersService,
      method: 'update',
      repeat: 'converges',
      tests: ['test/calls/retries.e2e-spec.ts'],
      send: (service, changes: UpdateCustomerInput, id) => service.update(id, changes),
      smallest: {
        input: { phone: '+91-9023456789' },
        wire: { phone: '+91-9023456789' },
      },
      fullest: {
        'every member': {
          input: { email: 'asha.rao@example.com', phone: '+91-9023456789' },
          wire: { email: 'asha.rao@example.com', phone: '+91-9023456789' },
        },
      },
      arrange: async (gateway) => ({
        id: await gateway.customer(),
        wire: { email: `asha-${gateway.another}@example.com` },
      }),
    }),
    call({
      endpoint: 'createCustomerBankAccount',
      service: CustomersService,
      method: 'addBankAccount',
      repeat: 'again',
      tests: ['test/calls/bank-accounts.e2e-spec.ts'],
      id: 'cust_5JU9yv0lGSUP',
      send: (service, account: BankAccountInput, id) => service.addBankAccount(id, account),
      smallest: {
        input: { accountNumber: '5550001234', bicPrimary: 'HILLINBBXXX' },
        wire: { account_number: '5550001234', bic_primary: 'HILLINBBXXX' },
      },
      fullest: {
        'both codes': {
          input: {
            accountNumber: '5550001234',
            bicPrimary: 'HILLINBBXXX',
            bicSecondary: 'HILL0000001',
          },
          wire: {
            account_number: '5550001234',
            bic_primary: 'HILLINBBXXX',
            bic_secondary: 'HILL0000001',
          },
        },
      },
      arrange: async (gateway) => ({ id: await gateway.customer() }),
    }),
    call({
      endpoint: 'getCustomerBankAccounts',
      service: CustomersService,
      method: 'bankAccounts',
      repeat: 'nothing',
      tests: ['test/calls/bank-accounts.e2e-spec.ts'],
      id: 'cust_5JU9yv0lGSUP',
      send: (service, _: object, id) => service.bankAccounts(id),
      smallest: { input: {} },
      arrange: async (gateway) => {
        const id = await gateway.customer();
        const account = { account_number: '5550001234', bic_primary: 'HILLINBBXXX' };
        await gateway.made(`/api/v1/customer/${id}/bank-accounts`, account);
        return { id };
      },
    }),
  ],
};
