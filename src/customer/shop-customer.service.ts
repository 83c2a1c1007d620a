import { Inject, Injectable } from '@nestjs/common';
import { CustomersService } from 'nestjs-glomopay';
import { ShopSettings } from '../config/shop-settings.js';
import { ShopDatabase } from '../database/shop-database.js';
import { GatewayAccount } from '../local-gateway/gateway-account.js';

/** In whose name this sample shop opens its orders. A real shop has one customer per buyer. */
const SHOP_CUSTOMER = {
  name: 'Harbour Lane Coffee',
  customerType: 'business',
  email: 'counter@harbourlane.example',
  phone: '+1-2025550143',
  address: '12 Harbour Lane',
  city: 'Portland',
  state: 'Maine',
  country: 'USA',
  pincode: '04101',
} as const;

/** Makes the shop's customer at the gateway once, and remembers it. */
@Injectable()
export class ShopCustomerService {
  readonly #customers: CustomersService;
  readonly #database: ShopDatabase;
  readonly #account: GatewayAccount;
  readonly #settings: ShopSettings;
  /** Shared by checkouts that come while the customer is being made. */
  #making: Promise<string> | undefined;

  constructor(
    @Inject(CustomersService) customers: CustomersService,
    @Inject(ShopDatabase) database: ShopDatabase,
    @Inject(GatewayAccount) account: GatewayAccount,
    @Inject(ShopSettings) settings: ShopSettings,
  ) {
    this.#customers = customers;
    this.#database = database;
    this.#account = account;
    this.#settings = settings;
  }

  /** The id of the shop's customer, made now if there is none yet. */
  async id(): Promise<string> {
    const known = this.#settings.customerId ?? (await this.#remembered());
    if (known !== undefined) {
      return known;
    }
    this.#making ??= this.#make().finally(() => {
      this.#making = undefined;
    });
    return this.#making;
  }

  /** Forgets a remembered customer the gateway no longer knows. */
  async forget(): Promise<void> {
    await this.#database.run('DELETE FROM shop_customers WHERE account = ?', this.#account.id);
  }

  /** A customer of this e-mail that is there already is given back, so that nothing is made twice. */
  async #make(): Promise<string> {
    const { id } = await this.#customers.create(SHOP_CUSTOMER);
    // Another process may have been first; both hold the same customer, by its e-mail.
    await this.#database.run(
      'INSERT INTO shop_customers (account, customer_id) VALUES (?, ?) ON CONFLICT DO NOTHING',
      this.#account.id,
      id,
    );
    return id;
  }

  async #remembered(): Promise<string | undefined> {
    const row = await this.#database.first(
      'SELECT customer_id AS id FROM shop_customers WHERE account = ?',
      this.#account.id,
    );
    const id: unknown = new Map<string, unknown>(Object.entries(row ?? {})).get('id');
    return typeof id === 'string' ? id : undefined;
  }
}
