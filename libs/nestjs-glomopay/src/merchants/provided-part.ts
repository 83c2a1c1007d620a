import type { ModuleMetadata, Provider } from '@nestjs/common';
import type { OptionChecks } from '../config/option-checks.js';

/** Members by which a provider says who makes it. */
export const FORMS = ['useClass', 'useExisting', 'useFactory'] as const;

/** A part of a registration that is given itself, or by a provider. */
export interface PartToProvide {
  readonly option: string;
  /** Under which it is had. */
  readonly token: symbol;
  /** For faults. */
  readonly what: string;
  /** Tells the thing itself from a provider. */
  readonly isItself: (value: object) => boolean;
}

/** How it is provided. */
export interface ProvidedPart {
  readonly imports: ModuleMetadata['imports'];
  readonly provider: Provider;
}

/** Undefined: there are faults. */
export function providedPart(
  checks: OptionChecks,
  { option, token, what, isItself }: PartToProvide,
  value: unknown,
): ProvidedPart | undefined {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (isObject && isItself(value)) {
    return { imports: undefined, provider: { provide: token, useValue: value } };
  }
  const given = isObject ? value : {};
  const [form, another] = FORMS.filter((one) => (checks.read(given, one) ?? null) !== null);
  if (form === undefined || another !== undefined) {
    checks.faults.push(
      `${option} must be ${what}, or one of { useClass }, { useExisting } and { useFactory, inject }`,
    );
    return undefined;
  }
  checks.knownOnly(option, given, ['imports', form, ...(form === 'useFactory' ? ['inject'] : [])]);
  const { imports, ...provider } = given as Pick<ModuleMetadata, 'imports'>;
  return { imports, provider: { provide: token, ...provider } as Provider };
}
