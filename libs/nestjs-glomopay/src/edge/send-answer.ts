/** An answer to an HTTP request. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What Express and Fastify have in common is too little; this is what each needs. */
export interface NodeResponse {
  readonly headersSent: boolean;
  statusCode: number;
  setHeader(name: string, value: string): unknown;
  end(body?: string): unknown;
}
export interface FastifyReply {
  readonly sent: boolean;
  readonly raw: NodeResponse;
  code(status: number): unknown;
  headers(headers: Readonly<Record<string, string>>): unknown;
  send(body?: string): unknown;
}

/**
 * Answers on Express and on Fastify. An answer that has begun is ended, because nothing else can be
 * said any more; a reply that was taken out of Fastify's hands is answered on its own response.
 *
 * Nothing is chained: what a host puts around a response (compression, sessions, tracing) replaces
 * its methods, and often returns nothing from them. Headers are set one by one, because a replaced
 * `writeHead` may pass on the status alone.
 */
export function sendAnswer(response: NodeResponse | FastifyReply, answer: HttpAnswer): void {
  const { status, headers, body } = answer;
  const raw = isReply(response) ? response.raw : response;
  if (raw.headersSent) {
    raw.end();
  } else if (isReply(response) && !response.sent) {
    response.code(status);
    response.headers(headers);
    response.send(body);
  } else {
    raw.statusCode = status;
    for (const [name, value] of Object.entries(headers)) raw.setHeader(name, value);
    raw.end(body);
  }
}

function isReply(response: NodeResponse | FastifyReply): response is FastifyReply {
  return 'raw' in response && 'send' in response;
}
