/** A path of which the ids are known. */
export interface NamedPath {
  /** With names in the place of ids: `/api/v1/payments/{id}`. */
  readonly path: string;
  readonly ids: Readonly<Record<string, string>>;
}

/** A path with names in the place of ids: `/api/v1/payments/{id}`; `:id` says the same as `{id}`. */
export class PathTemplate {
  readonly #segments: readonly string[];

  constructor(text: string) {
    this.#segments = segmentsOf(text);
  }

  /** Names the ids of a path. Undefined: it is another path. */
  read(path: string): NamedPath | undefined {
    const actual = segmentsOf(path);
    const names = this.#segments.map(nameIn);
    const fits = actual.every((segment, index) =>
      names[index] === undefined ? segment === this.#segments[index] : isId(segment),
    );
    if (!fits || actual.length !== names.length) return undefined;
    return named(path, names);
  }
}

/** Takes every segment that looks like an id for one; the last of them is `id`. */
export function likelyPath(path: string): NamedPath {
  // The first four are of the API: '', 'api', 'v1' and the resource.
  const names = path
    .split('/')
    .map((segment, index) => (index > 3 && isId(segment) ? 'id' : undefined));
  return named(path, names);
}

function named(path: string, names: readonly (string | undefined)[]): NamedPath {
  const segments = path.split('/');
  const ids = names.flatMap((name, index) => (name === undefined ? [] : [[name, segments[index]]]));
  return {
    path: segments
      .map((segment, index) => (names[index] === undefined ? segment : `{${names[index]}}`))
      .join('/'),
    ids: Object.fromEntries(ids),
  };
}

/** An id has an underscore behind its prefix. */
function isId(segment: string): boolean {
  return segment.includes('_');
}

function nameIn(segment: string): string | undefined {
  const match = /^(?:\{(\w+)\}|:(\w+))$/.exec(segment);
  return match?.[1] ?? match?.[2];
}

/** `/payment` and `/payments` are one path in two spellings. */
function segmentsOf(path: string): string[] {
  return path.replace(/^\/api\/v1\/payment(?=\/|$)/, '/api/v1/payments').split('/');
}
