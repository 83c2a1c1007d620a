/** Characters of a file; with its tar header it fits into the 32 kB over which gzip finds what it knows. */
const MOST = 27_000;
/** Of an entry point's own file, which also has the imports of all slices and the list of exports. */
const MOST_OF_ENTRY = 12_000;

/**
 * Cuts what Rollup would write into files that are small enough to be compressed against their twin in
 * the other build. Cut in the order in which modules run, so no file needs a later one.
 *
 * All that the first entry point loads is one row of files, whoever else shares a part of it: every host
 * loads it, and each file costs the start of the host a millisecond, however little is in it.
 *
 * @param first The name of that entry point.
 * @returns For Rollup's `manualChunks`.
 */
export function slicesOf({ output }, first) {
  const fileOfModule = new Map();
  const chunks = output.filter(({ type }) => type === 'chunk');
  const entries = new Set(chunks.filter(({ isEntry }) => isEntry).map(({ name }) => name));
  const main = loadedBy(chunks, first);
  const rows = [
    { name: first, isEntry: true, modules: main.flatMap(modulesOf) },
    ...chunks
      .filter((chunk) => !main.includes(chunk))
      .map((chunk) => ({ ...chunk, modules: modulesOf(chunk) })),
  ];
  for (const { name, isEntry, modules } of rows) {
    const slices = sliced(modules, isEntry);
    // A shared file with the name of an entry point would come between that one and its twin.
    const alone = entries.has(name) && !isEntry ? '-0' : '';
    // The last slice of an entry point is the entry point's own file.
    for (const slice of isEntry ? slices.slice(0, -1) : slices) {
      const number = slices.length > 1 ? `-${slices.indexOf(slice) + 1}` : alone;
      for (const [id] of slice) fileOfModule.set(id, `${name}${number}`);
    }
  }
  return (id) => fileOfModule.get(id);
}

/** The chunks that an entry point loads, in the order in which they run; its own is the last. */
function loadedBy(chunks, entry) {
  const byFile = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const loaded = new Set();
  const load = (chunk) => {
    if (chunk === undefined || loaded.has(chunk)) return;
    for (const file of chunk.imports) load(byFile.get(file));
    loaded.add(chunk);
  };
  load(chunks.find(({ name, isEntry }) => isEntry && name === entry));
  return [...loaded];
}

function modulesOf({ modules }) {
  return Object.entries(modules);
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
