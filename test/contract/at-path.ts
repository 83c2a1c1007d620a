/** What is at a dotted path; through a list (`documents[].id`), what is in its first item. */
export function valueAt(holder: unknown, path: string): unknown {
  let value = holder;
  for (const step of path.split('.')) {
    value = child(value, step.replace('[]', ''));
    if (step.endsWith('[]')) value = Array.isArray(value) ? value[0] : undefined;
  }
  return value;
}

/** A copy with another value at the path; `undefined` takes the member away. */
export function withAt<T>(holder: T, path: string, value: unknown): T {
  const copy = structuredClone(holder);
  const cut = path.lastIndexOf('.');
  const inside = cut < 0 ? copy : valueAt(copy, path.slice(0, cut));
  if (typeof inside !== 'object' || inside === null)
    throw new Error(`There is nothing at ${path}.`);
  const last = path.slice(cut + 1);
  if (value === undefined) Reflect.deleteProperty(inside, last);
  else Reflect.set(inside, last, value);
  return copy;
}

/** `customer_id` as the library spells it, member by member. */
export function camelCased(path: string): string {
  return path.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function child(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return Reflect.get(value, name);
}
