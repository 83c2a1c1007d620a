/** What tests import from Jest is that of the file that runs now. */
export async function resolve(specifier, context, next) {
  if (specifier !== '@jest/globals') return next(specifier, context);
  return {
    url: new URL('globals.mjs', import.meta.url).href,
    format: 'module',
    shortCircuit: true,
  };
}
