/** Values that must be found nowhere: those that your test has sent or configured. */
export interface KnownSecrets {
  /** Card number, 12 to 19 digits. */
  readonly number?: string;
  /**
   * Security code. One of four digits (`8317`, with an Amex number) is searched for wherever it stands
   * alone; of three digits only where it is named or quoted, because every line number has three.
   */
  readonly cvv?: string;
  readonly holderName?: string;
  /** API keys and webhook secrets. */
  readonly key?: string | readonly string[];
}

/** A secret that was found, and how it was written. Never the secret itself. */
export interface SecretFound {
  readonly secret: keyof KnownSecrets;
  readonly encoding: string;
}

/**
 * A search for nothing, or for what occurs everywhere, would say nothing.
 *
 * @throws {TypeError} no secret is given, or one that cannot be searched for. Quotes none.
 */
export function assertSearchable({ number, cvv, holderName, key }: KnownSecrets): void {
  const keys = [key ?? []].flat();
  const rules: readonly (readonly [boolean, string])[] = [
    [number === undefined || /^\d{12,19}$/.test(number), 'number must be 12 to 19 digits'],
    [cvv === undefined || /^\d{3,4}$/.test(cvv), 'cvv must be 3 or 4 digits'],
    [holderName === undefined || holderName.length >= 5, 'holderName must have 5 characters'],
    [keys.every((one) => one.length >= 12), 'a key must have 12 characters'],
    [[number, cvv, holderName, ...keys].some(Boolean), 'at least one secret must be given'],
  ];
  const broken = rules.filter(([holds]) => !holds).map(([, rule]) => rule);
  if (broken.length > 0) throw new TypeError(`Secrets to look for: ${broken.join('; ')}`);
}
