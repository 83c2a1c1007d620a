/** A text member of what an event carries; undefined when it has none. */
export function memberText(object: object, member: string): string | undefined {
  const value: unknown = Object.hasOwn(object, member) ? Reflect.get(object, member) : undefined;
  return typeof value === 'string' ? value : undefined;
}
