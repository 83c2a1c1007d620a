/** Decorates a class and its methods without a build step, as a TypeScript host would with `@`. */
export function decorate(type, classDecorators, methods = {}) {
  for (const [name, { decorators = [], parameters = [] }] of Object.entries(methods)) {
    const descriptor = Object.getOwnPropertyDescriptor(type.prototype, name);
    for (const decorator of decorators) decorator(type.prototype, name, descriptor);
    parameters.forEach((decorator, index) => decorator(type.prototype, name, index));
  }
  for (const decorator of classDecorators) decorator(type);
  return type;
}
