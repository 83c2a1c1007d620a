/** The rows of the tables in a part of a page that begin so, each as its cells. */
export function tableRows(part: string, beginning = '| '): readonly (readonly string[])[] {
  return part
    .split('\n')
    .filter((line) => line.startsWith(beginning))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** The words of a cell that are written as code. */
export const wordsOf = (cell: string | undefined): (string | undefined)[] =>
  [...(cell ?? '').matchAll(/`(\w+)`/g)].map(([, word]) => word);
