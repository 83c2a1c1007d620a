/** For the log of a host whose parser keeps no raw body. */
export const RAW_BODY_ADVICE =
  'the raw body is missing. Create the application with NestFactory.create(AppModule, { rawBody: true }), ' +
  'for Fastify NestFactory.create(AppModule, new FastifyAdapter(), { rawBody: true }); ' +
  "with bodyParser: false add app.useBodyParser('json') as well, for Fastify with 'application/json'";

/** The signature header, as Node gives it: a repeated one comes as one text with a comma. */
export function signatureOf(request: object): unknown {
  return header(request, 'x-glomopay-signature');
}

/** The raw body that Nest keeps with `rawBody: true`, or undefined. */
export function rawBodyIn(request: object): Uint8Array | undefined {
  const body: unknown = Reflect.get(request, 'rawBody');
  return body instanceof Uint8Array ? body : undefined;
}

/**
 * Tells whether Nest would have kept the raw body of this request, had it been told to: it does so
 * for JSON, and only when there is a body.
 */
export function shouldHaveRawBody(request: object): boolean {
  const type = header(request, 'content-type');
  if (typeof type !== 'string' || !/^\s*application\/json\s*(?:;|$)/i.test(type)) return false;
  const length = header(request, 'content-length');
  return header(request, 'transfer-encoding') !== undefined || Number(length ?? 0) > 0;
}

function header(request: object, name: string): unknown {
  const headers: unknown = Reflect.get(request, 'headers');
  return typeof headers === 'object' && headers !== null && Object.hasOwn(headers, name)
    ? Reflect.get(headers, name)
    : undefined;
}
