/** Characters of a file; with its tar header it fits into the 32 kB over which gzip finds what it knows. */
const MOST = 23_000;
/** Of an entry point's own file, which also has the imports of all slices and the list of exports. */
const MOST_OF_ENTRY = 12_000;

/**
 * Cuts what Rollup would write as one file into files that are small enough to be compressed against
 * their twin in the other build. Cut in the order in which modules run, so no file needs a later one.
 *
 * @returns For Rollup's `manualChunks`.
 */
export function slicesOf({ output }) {
  const fileOfModule = new Map();
  const entries = new Set(output.filter(({ isEntry }) => isEntry).map(({ name }) => name));
  for (const chunk of output) {
    if (chunk.type !== 'chunk') continue;
    const slices = sliced(Object.entries(chunk.modules), chunk.isEntry);
    // A shared file with the name of an entry point would come between that one and its twin.
    const alone = entries.has(chunk.name) && !chunk.isEntry ? '-0' : '';
    // The last slice of an entry point is the entry point's own file.
    for (const slice of chunk.isEntry ? slices.slice(0, -1) : slices) {
      const name = `${chunk.name}${slices.length > 1 ? `-${slices.indexOf(slice) + 1}` : alone}`;
      for (const [id] of slice) fileOfModule.set(id, name);
    }
  }
  return (id) => fileOfModule.get(id);
}

/** What is left of an entry point for its own file is cut once more, where it is long. */
function sliced(modules, isEntry) {
  const slices = cut(modules, MOST);
  return isEntry ? [...slices.slice(0, -1), ...cut(slices.at(-1), MOST_OF_ENTRY)] : slices;
}

function cut(modules, most) {
  const slices = [[]];
  let length = 0;
  for (const [id, module] of modules) {
    const { renderedLength } = module;
    if (length + renderedLength > most && length > 0) {
      slices.push([]);
      length = 0;
    }
    length += renderedLength;
    slices.at(-1).push([id, module]);
  }
  return slices;
}
