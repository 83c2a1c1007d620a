/** What a text must look like; a value that breaks the rule is "invalid". */
export interface TextRule {
  readonly pattern?: RegExp;
  /** @defaultValue 2048 (INFERRED) */
  readonly maxLength?: number;
}

export const ANY_TEXT: TextRule = {};

export function fits(value: string, { pattern, maxLength = 2048 }: TextRule): boolean {
  return (pattern?.test(value) ?? true) && value.length <= maxLength;
}

export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && !value.trim());
}
