import { Named } from '../errors/named.decorator.js';
import {
  payinPurposeTable,
  type PayinPurposeCode,
  type PayinPurposeGroup,
} from './payin-purpose-codes.js';
import {
  payoutPurposeTable,
  type PayoutPurposeCode,
  type PayoutPurposeGroup,
} from './payout-purpose-codes.js';

/** What a movement of money is for, as the regulator counts it. */
export interface PurposeCode<Code extends string = string, Group extends string = string> {
  readonly code: Code;
  /** Null on codes for remittances of India's LRS, which the published list of the direction does not have. */
  readonly group: Group | null;
  readonly description: string | null;
  /** Documents that are mandatory with it: often none. Null: it is not known which. */
  readonly documents: readonly string[] | null;
}

/**
 * The purpose codes of one direction, as this version of the library knows them. Nothing that is sent
 * is checked against them but its form: when the regulator adds a code, `'P9999' as PayinPurposeCode` is enough
 * and the gateway decides.
 */
@Named('PurposeCodes')
export class PurposeCodes<Code extends string, Group extends string> {
  readonly #table: string;
  #codes: ReadonlyMap<string, PurposeCode<Code, Group>> | undefined;

  /** @internal */
  constructor(table: string) {
    this.#table = table;
  }

  /** The code with its group, description and documents; undefined when it is not in the list. */
  get(code: string): PurposeCode<Code, Group> | undefined {
    return this.#all().get(code);
  }

  /** Tells whether a text is a code of the list, to the letter: `if (payinPurposeCodes.is(text)) …`. */
  is(code: unknown): code is Code {
    return typeof code === 'string' && this.#all().has(code);
  }

  /** The codes of a group, in the order of the published list. */
  in(group: Group): readonly PurposeCode<Code, Group>[] {
    return [...this.#all().values()].filter((each) => each.group === group);
  }

  /** Documents that are mandatory with a code; null when the code is not in the list, or they are not known. */
  documents(code: string): readonly string[] | null {
    return this.get(code)?.documents ?? null;
  }

  /** One text until somebody asks: most hosts never do, and start-up is not to pay for it. */
  #all(): ReadonlyMap<string, PurposeCode<Code, Group>> {
    return (this.#codes ??= new Map(
      read<Code, Group>(this.#table).map((each) => [each.code, each] as const),
    ));
  }
}

function read<Code extends string, Group extends string>(
  table: string,
): readonly PurposeCode<Code, Group>[] {
  const [, ...groups] = table.split('\n=');
  return groups.flatMap((part) => {
    const [group = '', ...rows] = part.trimEnd().split('\n');
    return rows.map((row) => {
      const [code = '', documents = '?', description = ''] = row.split('|');
      return Object.freeze({
        code: code as Code,
        group: (group || null) as Group | null,
        description: description || null,
        documents: documentsOf(documents),
      });
    });
  });
}

function documentsOf(cell: string): readonly string[] | null {
  return cell === '?' ? null : Object.freeze(cell.split('+').filter((name) => name !== ''));
}

/** Purpose codes of orders, payment links and their payments. */
export const payinPurposeCodes = new PurposeCodes<PayinPurposeCode, PayinPurposeGroup>(
  payinPurposeTable,
);

/** Purpose codes of payouts. */
export const payoutPurposeCodes = new PurposeCodes<PayoutPurposeCode, PayoutPurposeGroup>(
  payoutPurposeTable,
);
