/** Characters of a file; with its tar header it fits into the 32 kB over which gzip finds what it knows. */
const MOST = 23_000;

/**
 * Cuts what Rollup would write as one file into files that are small enough to be compressed against
 * their twin in the other build. Cut in the order in which modules run, so no file needs a later one.
 *
 * @returns For Rollup's `manualChunks`.
 */
export function slicesOf({ output }) {
  const fileOfModule = new Map();
  for (const chunk of output) {
    if (chunk.type !== 'chunk') continue;
    const slices = sliced(Object.entries(chunk.modules));
    // The last slice of an entry point is the entry point's own file.
    for (const slice of chunk.isEntry ? slices.slice(0, -1) : slices) {
      const name = `${chunk.name}${slices.length > 1 ? `-${slices.indexOf(slice) + 1}` : ''}`;
      for (const id of slice) fileOfModule.set(id, name);
    }
  }
  return (id) => fileOfModule.get(id);
}

function sliced(modules) {
  const slices = [[]];
  let length = 0;
  for (const [id, { renderedLength }] of modules) {
    if (length + renderedLength > MOST && length > 0) {
      slices.push([]);
      length = 0;
    }
    length += renderedLength;
    slices.at(-1).push(id);
  }
  return slices;
}
