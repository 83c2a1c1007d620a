import { Inject, Injectable } from '@nestjs/common';
import { Named } from '../../errors/named.decorator.js';
import { shows } from '../../http/change-once.js';
import { GatewayClient } from '../../http/gateway-client.js';
import type { Operation } from '../../http/operation.js';
import type { RequestOptions } from '../../http/request-options.js';
import { listPage } from '../../http/list-page.js';
import { Resource } from '../../http/resource.js';
import type { IdText } from '../../values/ids.js';
import { checkedId } from '../../wire/checked-id.js';
import { LARGEST_PAGE } from '../../wire/list-filter.js';
import { decodeInferredPage, sought, type Page } from '../../wire/page.js';
import { toWire } from '../../wire/to-wire.js';
import {
  accountSecrets,
  BankAccountDto,
  type BankAccountInput,
} from '../parts/bank-account.dto.js';
import { CreateCustomerDto, kycSecrets, type CreateCustomerInput } from './create-customer.dto.js';
import { customerBankAccountShape, type CustomerBankAccount } from './customer-bank-account.js';
import {
  CustomerFilterDto,
  filterSecrets,
  type CustomerFilterInput,
} from './customer-filter.dto.js';
import { customerShape, type CreatedCustomer, type Customer } from './customer.js';
import { differencesOfCustomer, isSameCustomer } from './same-customer.js';
import { UpdateCustomerDto, type UpdateCustomerInput } from './update-customer.dto.js';

const PATH = '/api/v1/customer';
const BANK_ACCOUNTS = `${PATH}/{customerId}/bank-accounts`;

const addBankAccount: Operation = {
  method: 'POST',
  path: BANK_ACCOUNTS,
  advice: 'Look at the bank accounts of the customer before you call again.',
};

const createUnguarded: Operation = {
  method: 'POST',
  path: PATH,
  advice: 'List by e-mail before you call again: it may have been made.',
};

/** The gateway knows a customer by e-mail and country (docs/gateway.md, Request ids). */
const createGuarded: Operation = {
  method: 'POST',
  path: PATH,
  guard: 'nature',
  duplicate: [400, 'Validation failed: Email has already been taken'],
  advice:
    'Call again to find out, or list by e-mail: the gateway makes one per e-mail and country.',
};

/** What a create of a customer may set for itself. */
export interface CreateCustomerOptions extends RequestOptions {
  /**
   * False: the gateway is not trusted to know a customer by e-mail and country. For accounts of which
   * it does by PAN: what may have arrived is never sent again then, and "Email has already been taken" is
   * a refusal.
   *
   * @defaultValue true
   */
  readonly guard?: boolean | undefined;
}

/** Payers. Every order needs one; make a customer once per payer and keep its id. */
@Injectable()
@Named('CustomersService')
export class CustomersService {
  readonly #client: GatewayClient;
  readonly #customers: Resource<Customer, CustomerFilterInput>;

  constructor(@Inject(GatewayClient) client: GatewayClient) {
    this.#client = client;
    this.#customers = new Resource(client, {
      kind: 'customer',
      path: PATH,
      decode: customerShape.decode,
      filter: CustomerFilterDto,
      secrets: filterSecrets,
    });
  }

  /**
   * Makes a customer, or gives the one back that the gateway has already under this e-mail and country,
   * in whatever case, with `replayed: true`. So calling twice makes one. Of a customer that was there,
   * nothing is changed: its address, phone and so on are as they were.
   *
   * With `{ guard: false }` calling twice may make two, and a known e-mail is refused (400).
   *
   * @throws {GlomopayValidationError} the request breaks a rule; nothing was sent.
   * @throws {GlomopayApiError} the gateway refused, and has no such customer; nothing was made.
   * @throws {GlomopayOutcomeUnknownError} no usable answer, and none is listed; call again, or list by
   *   e-mail.
   * @throws {GlomopayRequestIdConflictError} the customer of this e-mail and country has another name or
   *   is of another type: `existingId` is its id, and nothing was made.
   */
  async create(
    customer: CreateCustomerInput,
    { guard = true, ...options }: CreateCustomerOptions = {},
  ): Promise<CreatedCustomer> {
    const body = toWire(CreateCustomerDto, 'customer', customer);
    const call = {
      operation: guard ? createGuarded : createUnguarded,
      body,
      secrets: kycSecrets(body['kyc']),
      decode: (answer: unknown): CreatedCustomer => ({
        ...customerShape.decode(answer),
        replayed: false,
      }),
      options,
    };
    if (!guard) return this.#client.call(call);
    return this.#client.createByNature<CreatedCustomer, Customer>({
      call,
      lookUp: (look) => this.#alike(body, look),
      differing: (found) => differencesOfCustomer(body, found),
      replay: (found) => ({ ...found, replayed: true }),
    });
  }

  /** Fetches a customer. @throws {GlomopayNotFoundError} the id is unknown. */
  async get(id: IdText<'customer'>, options?: RequestOptions): Promise<Customer> {
    return this.#customers.get(id, options);
  }

  /** One page of the customers that match, newest first. One that cannot be read is under `unreadable`. */
  async list(filter: CustomerFilterInput = {}, options?: RequestOptions): Promise<Page<Customer>> {
    return this.#customers.list(filter, options);
  }

  /**
   * Every customer that matches, fetched page by page as they are consumed. One that cannot be read is left
   * out with a warning in the log; {@link list} gives it under `unreadable`.
   */
  listAll(filter: CustomerFilterInput = {}, options?: RequestOptions): AsyncGenerator<Customer> {
    return this.#customers.listAll(filter, options);
  }

  /**
   * Changes e-mail or phone; nothing else of a customer ever changes. Making the same change again ends
   * in the same state, so it may be sent more than once; when no answer came back, the customer is
   * fetched, and given back if it shows the change.
   *
   * @throws {GlomopayValidationError} the change breaks a rule, or there is none; nothing was sent.
   * @throws {GlomopayApiError} the gateway refused; nothing was changed.
   * @throws {GlomopayOutcomeUnknownError} no answer came back, and the customer does not show the
   *   change, or could not be fetched; it may still be changed.
   */
  async update(
    id: IdText<'customer'>,
    changes: UpdateCustomerInput | UpdateCustomerDto,
    options?: RequestOptions,
  ): Promise<Customer> {
    const body = toWire(UpdateCustomerDto, 'change of a customer', changes);
    return this.#customers.change(id, { body, reached: (now) => shows(now, body) }, options);
  }

  /**
   * Registers the one bank account that a customer may pay from; an earlier one is replaced. From then
   * on a transfer from any other account is held. For accounts with third-party validation alone: others are
   * refused. Remittances have accounts of their own.
   *
   * What the gateway answers is documented nowhere: take no member for certain. It is never sent twice.
   *
   * @throws {GlomopayValidationError} the account breaks a rule; nothing was sent.
   * @throws {GlomopayApiError} the gateway refused; the account that was registered still is.
   * @throws {GlomopayOutcomeUnknownError} no usable answer; look at {@link bankAccounts} before you
   *   call again.
   */
  async addBankAccount(
    id: IdText<'customer'>,
    account: BankAccountInput | BankAccountDto,
    options?: RequestOptions,
  ): Promise<CustomerBankAccount> {
    const body = toWire(BankAccountDto, 'bank account', account);
    return this.#client.call({
      operation: addBankAccount,
      ids: { customerId: checkedId('customer', id) },
      body,
      secrets: accountSecrets(body),
      decode: customerBankAccountShape.decode,
      options,
    });
  }

  /** The bank account that a customer may pay from, in a page of one, or of none. Those of remittances are not there. */
  async bankAccounts(
    id: IdText<'customer'>,
    options?: RequestOptions,
  ): Promise<Page<CustomerBankAccount>> {
    return listPage(this.#client, {
      operation: { method: 'GET', path: BANK_ACCOUNTS },
      ids: { customerId: checkedId('customer', id) },
      decode: (body) => decodeInferredPage(body, customerBankAccountShape.decode),
      options,
    });
  }

  /** The customers that the gateway would take for one: by rule in whatever case, of its filter nobody says so. */
  async #alike(
    body: Readonly<Record<string, unknown>>,
    look: RequestOptions,
  ): Promise<readonly Customer[]> {
    const written = String(body['email']);
    for (const emailAddress of new Set([written, written.toLowerCase()])) {
      const page = await this.#customers.list({ emailAddress, perPage: LARGEST_PAGE }, look);
      const found = sought(page, (each) => isSameCustomer(body, each));
      if (found.length > 0) return found;
    }
    return [];
  }
}
