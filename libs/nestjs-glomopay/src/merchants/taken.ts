/** One of each list, then a second one of each, and so on, up to a limit. */
export function taken<T>(lists: readonly (readonly T[])[], limit: number): readonly T[] {
  const result: T[] = [];
  for (let place = 0; result.length < limit; place += 1) {
    const row = lists.filter((list) => list.length > place);
    if (row.length === 0) break;
    for (const list of row) {
      const [one] = list.slice(place, place + 1);
      if (one !== undefined && result.length < limit) result.push(one);
    }
  }
  return result;
}
