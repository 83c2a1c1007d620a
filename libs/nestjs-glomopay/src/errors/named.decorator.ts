/**
 * Gives a class its name as a text. A bundler that minifies renames classes, and tokens, errors and
 * copies of this library know each other by these names.
 */
export function Named(name: string): ClassDecorator {
  return (type) => {
    Object.defineProperty(type, 'name', { value: name, configurable: true });
  };
}
