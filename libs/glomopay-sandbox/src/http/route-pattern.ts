/**
 * A request as tests name it: `POST /api/v1/payments`, `GET /api/v1/payments/{id}`, or a concrete
 * path. `:id` says the same as `{id}`; `/payment` and `/payments` are one route in two spellings.
 */
export class RoutePattern {
  readonly #method: string;
  readonly #segments: readonly string[];

  private constructor(method: string, segments: readonly string[]) {
    this.#method = method;
    this.#segments = segments;
  }

  /** @throws {TypeError} when the text is not a method and a path. */
  static parse(text: string): RoutePattern {
    const match = /^([A-Z]+) (\/[^\s?#]*)$/.exec(text);
    if (!match) throw new TypeError("A route looks like 'POST /api/v1/payments'");
    const [, method = '', path = ''] = match;
    return new RoutePattern(method, segmentsOf(path));
  }

  matches(method: string, path: string): boolean {
    const actual = segmentsOf(path);
    return (
      method === this.#method &&
      actual.length === this.#segments.length &&
      this.#segments.every((segment, index) => isPlaceholder(segment) || segment === actual[index])
    );
  }
}

/** `{id}`, or `:id`. */
function isPlaceholder(segment: string): boolean {
  return /^(?::.*|\{\w+\})$/.test(segment);
}

function segmentsOf(path: string): string[] {
  return path.replace(/^\/api\/v1\/payment(?=\/|$)/, '/api/v1/payments').split('/');
}
