/** What a text must look like. */
export interface TextRule {
  readonly pattern?: RegExp;
  /** @defaultValue 2048 (INFERRED) */
  readonly maxLength?: number;
}

export const ANY_TEXT: TextRule = {};

/** What is wrong with a text, as the gateway's messages say it; `undefined` when it is as it must be. */
export function textFault(
  value: unknown,
  { pattern, maxLength = 2048 }: TextRule,
): string | undefined {
  if (typeof value !== 'string') return 'is invalid';
  if (value.length > maxLength) return `is too long (maximum is ${maxLength} characters)`;
  return pattern?.test(value) === false ? 'is invalid' : undefined;
}

export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && !value.trim());
}
