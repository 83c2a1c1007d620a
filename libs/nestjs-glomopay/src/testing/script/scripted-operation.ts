import { PathTemplate } from './path-template.js';

/** Which requests an answer or a fault is for: a method and a path, such as `GET /api/v1/orders/{id}`. */
export class ScriptedOperation {
  readonly #method: string;
  readonly #path: PathTemplate;

  /** @throws {TypeError} when the text is not a method and a path. */
  constructor(text: string) {
    const match = /^(GET|POST|PATCH|DELETE) (\/\S+)$/.exec(text);
    if (match === null) {
      throw new TypeError('An operation is a method and a path, such as GET /api/v1/orders/{id}');
    }
    const [, method = '', path = ''] = match;
    this.#method = method;
    this.#path = new PathTemplate(path);
  }

  matches(method: string, path: string): boolean {
    return method === this.#method && this.#path.read(path) !== undefined;
  }
}
