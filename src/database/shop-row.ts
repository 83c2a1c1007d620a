/** A row of one of the shop's tables, read field by field. Every reader throws a `TypeError` for a value that is none. */
export class ShopRow {
  readonly #table: string;
  readonly #values: ReadonlyMap<string, unknown>;
  constructor(table: string, row: unknown) {
    this.#table = table;
    this.#values = new Map(Object.entries(row ?? {}));
  }

  text(name: string): string {
    const value = this.#values.get(name);
    return typeof value === 'string' ? value : this.#refuse(name);
  }

  count(name: string): number {
    const value = this.#values.get(name);
    return typeof value === 'number' && Number.isSafeInteger(value) ? value : this.#refuse(name);
  }

  oneOf<T extends string>(name: string, known: readonly T[]): T {
    return known.find((each) => each === this.#values.get(name)) ?? this.#refuse(name);
  }

  textOrNull(name: string): string | null {
    return this.#values.get(name) === null ? null : this.text(name);
  }

  oneOfOrNull<T extends string>(name: string, known: readonly T[]): T | null {
    return this.#values.get(name) === null ? null : this.oneOf(name, known);
  }

  #refuse(name: string): never {
    throw new TypeError(`${this.#table}: ${name} is not valid`);
  }
}
