// Decorates a class and its methods without a build step, as a TypeScript host would with `@`.
export function decorate(type, classDecorators, methodDecorators = {}) {
  for (const [name, decorators] of Object.entries(methodDecorators)) {
    const descriptor = Object.getOwnPropertyDescriptor(type.prototype, name);
    for (const decorator of decorators) decorator(type.prototype, name, descriptor);
  }
  for (const decorator of classDecorators) decorator(type);
  return type;
}
