type Path = readonly (string | number)[];

/** What a call returns, without the copy of everything that each object carries. */
export function withoutRaw(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutRaw);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([name]) => name !== 'raw');
  return Object.fromEntries(members.map(([name, member]) => [name, withoutRaw(member)]));
}

/**
 * The members of answers that make no difference to what the library reads from them: it loses them. Each
 * is changed in turn; an answer that is refused for the change has been read. Of an object that is lost as
 * a whole only the object is named.
 */
export async function lostMembers(
  answers: readonly unknown[],
  read: (answer: unknown) => Promise<unknown>,
): Promise<readonly string[]> {
  const lost = new Set<string>();
  const kept = new Set<string>();
  const seen = async (body: unknown) => JSON.stringify(withoutRaw(await read(body)));
  for (const answer of answers) {
    const before = await seen(answer);
    for (const path of leaves(answer)) {
      const after = await seen(changedAt(answer, path)).catch(() => undefined);
      (after === before ? lost : kept).add(named(path));
    }
  }
  return [...new Set([...lost].map((path) => widest(path, [...kept])))].toSorted();
}

/** The outermost object around a lost member of which nothing is kept. */
function widest(path: string, kept: readonly string[]): string {
  const steps = path.split('.');
  const around = steps.map((_, index) =>
    steps
      .slice(0, index + 1)
      .join('.')
      .replace(/\[\]$/, ''),
  );
  const inside = (whole: string) =>
    kept.some(
      (each) => each === whole || each.startsWith(`${whole}.`) || each.startsWith(`${whole}[`),
    );
  return around.find((whole) => !inside(whole)) ?? path;
}

function leaves(value: unknown, path: Path = []): readonly Path[] {
  if (value === null) return [];
  if (typeof value !== 'object') return [path];
  const entries: (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((item, index) => [index, item])
    : Object.entries(value);
  return entries.flatMap(([name, member]) => leaves(member, [...path, name]));
}

function changedAt(value: unknown, [step, ...rest]: Path): unknown {
  if (step === undefined) return changed(value);
  if (Array.isArray(value)) return value.with(Number(step), changedAt(value[Number(step)], rest));
  const holder = Object(value) as Record<string, unknown>;
  return { ...holder, [step]: changedAt(holder[step], rest) };
}

function changed(leaf: unknown): unknown {
  if (typeof leaf === 'boolean') return !leaf;
  return typeof leaf === 'number' ? leaf + 1 : `${String(leaf)}x`;
}

/** `documents[].id` */
function named(path: Path): string {
  return path
    .map((step) => (typeof step === 'number' ? '[]' : `.${step}`))
    .join('')
    .slice(1);
}
