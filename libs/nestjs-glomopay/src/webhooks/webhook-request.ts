/** For the log of a host whose parser keeps no raw body. */
export const RAW_BODY_ADVICE =
  'the raw body is missing. Create the application with NestFactory.create(AppModule, { rawBody: true }), ' +
  'for Fastify NestFactory.create(AppModule, new FastifyAdapter(), { rawBody: true }); ' +
  "with bodyParser: false add app.useBodyParser('json') as well, for Fastify with 'application/json'";

/** The signature header, as Node gives it: a repeated one comes as one text with a comma. */
export function signatureOf(request: object): unknown {
  return header(request, 'x-glomopay-signature');
}

/**
 * The body as it came, or undefined: in `rawBody`, where Nest (`rawBody: true`) and plugins keep it, or
 * in `body`, where `express.raw()` and the like leave it. A text counts where there are no bytes; it
 * verifies when nothing was lost in decoding it. A parsed body is never written again.
 */
export function bodyIn(request: object): Uint8Array | string | undefined {
  const kept: readonly unknown[] = [Reflect.get(request, 'rawBody'), Reflect.get(request, 'body')];
  return kept.find((body) => body instanceof Uint8Array) ?? kept.find(isText);
}

/**
 * Tells whether Nest would have kept the raw body of this request, had it been told to: it does so
 * for JSON, and only when there is a body.
 */
export function shouldHaveRawBody(request: object): boolean {
  const type = header(request, 'content-type');
  if (typeof type !== 'string' || !/^\s*application\/json\s*(?:;|$)/i.test(type)) return false;
  const length = header(request, 'content-length');
  if (header(request, 'transfer-encoding') !== undefined || Number(length ?? 0) > 0) return true;
  // Over HTTP/2 there may be neither header; what a parser has made of the body is there.
  const parsed: unknown = Reflect.get(request, 'body');
  return typeof parsed === 'object' && parsed !== null && Object.keys(parsed).length > 0;
}

function isText(body: unknown): body is string {
  return typeof body === 'string' && body !== '';
}

function header(request: object, name: string): unknown {
  const headers: unknown = Reflect.get(request, 'headers');
  return typeof headers === 'object' && headers !== null && Object.hasOwn(headers, name)
    ? Reflect.get(headers, name)
    : undefined;
}
