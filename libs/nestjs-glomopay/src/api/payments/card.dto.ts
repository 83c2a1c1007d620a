import { inspect } from 'node:util';
import { Transform } from 'class-transformer';
import { IsDefined } from 'class-validator';
import { CLASSES } from '../../errors/across-copies.js';
import { Named } from '../../errors/named.decorator.js';
import { maskedNumber } from '../../values/card-mask.js';
import { Secret } from '../../values/secret.js';
import { Wire } from '../../wire/wire.decorator.js';
import { IsCardNumber, IsCardText, IsCvv } from './card-rules.js';

/** A card as plain members, for `payments.create({ card: { … } })`. */
export interface CardInput {
  /** Name on the card. */
  readonly holderName: string;
  /** Digits without spaces, 12 to 19. */
  readonly number: string;
  /** Two digits, `'01'` to `'12'`. */
  readonly expiryMonth: string;
  /** Four digits. */
  readonly expiryYear: string;
  /** Three or four digits. */
  readonly cvv: string;
}

type CardMember = keyof CardInput;

/** What was set, by card. Module-private: only a `Secret` ever leaves this file. */
const members = new WeakMap<CardDto, Map<CardMember, unknown>>();

/**
 * A card in a request body. Its members are accessors: what is set goes behind a {@link Secret} in
 * a module-private map, what is read back is the mask. However it is printed, inspected, cloned or
 * serialised, it shows `411111******1111` and no security code; only the encoder of the HTTP layer
 * reads the plain values.
 */
@Named('CardDto')
export class CardDto {
  @Wire('holder_name')
  @IsDefined()
  @IsCardText(/^.{1,128}$/su, 'must be a name of 1 to 128 characters')
  @Masked()
  get holderName(): Secret | undefined {
    return read(this, 'holderName');
  }
  set holderName(value: string | Secret | undefined) {
    write(this, 'holderName', value);
  }

  @Wire('number')
  @IsDefined()
  @IsCardNumber()
  @Masked()
  get number(): Secret | undefined {
    return read(this, 'number');
  }
  set number(value: string | Secret | undefined) {
    write(this, 'number', value);
  }

  @Wire('expiry_month')
  @IsDefined()
  @IsCardText(/^(?:0[1-9]|1[0-2])$/, 'must be two digits, 01 to 12')
  @Masked()
  get expiryMonth(): Secret | undefined {
    return read(this, 'expiryMonth');
  }
  set expiryMonth(value: string | Secret | undefined) {
    write(this, 'expiryMonth', value);
  }

  @Wire('expiry_year')
  @IsDefined()
  @IsCardText(/^\d{4}$/, 'must be four digits')
  @Masked()
  get expiryYear(): Secret | undefined {
    return read(this, 'expiryYear');
  }
  set expiryYear(value: string | Secret | undefined) {
    write(this, 'expiryYear', value);
  }

  @Wire('cvv')
  @IsDefined()
  @IsCvv()
  @Masked()
  get cvv(): Secret | undefined {
    return read(this, 'cvv');
  }
  set cvv(value: string | Secret | undefined) {
    write(this, 'cvv', value);
  }

  /** @internal */
  protected get [CLASSES](): readonly string[] {
    return ['CardDto'];
  }

  toString(): string {
    return `CardDto(${String(this.number ?? 'empty')})`;
  }

  toJSON(): Record<string, string> {
    return this.number === undefined ? {} : { number: String(this.number) };
  }

  [inspect.custom](): string {
    return this.toString();
  }
}

/** `instanceToPlain` gives the mask as text instead of walking into the `Secret`. */
function Masked(): PropertyDecorator {
  return Transform(
    ({ value }: { value: unknown }) => (value instanceof Secret ? String(value) : value),
    {
      toPlainOnly: true,
    },
  );
}

function read(card: CardDto, member: CardMember): Secret | undefined {
  const value = members.get(card)?.get(member);
  return value instanceof Secret ? value : undefined;
}

/** Keeps what is no text out of the card's own properties too; the rules find it missing. */
function write(card: CardDto, member: CardMember, value: unknown): void {
  const own = members.get(card) ?? new Map<CardMember, unknown>();
  members.set(card, own);
  own.set(member, typeof value === 'string' ? new Secret(value, maskOf(member, value)) : value);
}

function maskOf(member: CardMember, value: string): string {
  return member === 'number' ? maskedNumber(value) : '***';
}
