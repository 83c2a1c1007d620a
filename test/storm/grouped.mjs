// The list's entries by a key of theirs.
export function grouped(list, keyOf) {
  const groups = new Map();
  for (const entry of list) {
    const key = keyOf(entry);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return groups;
}

// How often each key occurs, as an object.
export function tally(keys) {
  return Object.fromEntries(
    [...grouped(keys, (key) => key)]
      .map(([key, group]) => [key, group.length])
      .toSorted(([one], [other]) => one.localeCompare(other)),
  );
}

// The keys that occur more than once.
export function repeated(keys) {
  return [...grouped(keys, (key) => key)]
    .filter(([, group]) => group.length > 1)
    .map(([key]) => key);
}
