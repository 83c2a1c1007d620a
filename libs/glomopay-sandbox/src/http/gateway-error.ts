/** The gateway's flat error body. Some answers carry `message` alone, some `error` alone. */
export interface ErrorBody {
  readonly error?: string;
  readonly message?: string;
  /** A few refusals have one: `INSUFFICIENT_BALANCE`. */
  readonly code?: string;
}

/** A refusal that a route throws; the HTTP shell turns it into the answer. */
export class GatewayError extends Error {
  constructor(
    readonly status: number,
    readonly body: ErrorBody,
  ) {
    super(body.message ?? body.error);
    this.name = 'GatewayError';
  }

  static badRequest(message: string): GatewayError {
    return new GatewayError(400, { error: 'Bad Request', message });
  }

  /** Rails style: every problem in one message. */
  static validation(problems: readonly string[]): GatewayError {
    return GatewayError.badRequest(`Validation failed: ${problems.join(', ')}`);
  }

  static unprocessable(message: string): GatewayError {
    return new GatewayError(422, { error: 'Unprocessable Entity', message });
  }

  static unauthorized(message: string): GatewayError {
    return new GatewayError(401, { error: 'Unauthorized', message });
  }

  static forbidden(message: string): GatewayError {
    return new GatewayError(403, { error: 'Forbidden', message });
  }

  /** As recorded from the gateway: `{"error":"Not Found","message":"Payout not found"}`. */
  static notFound(resource: string): GatewayError {
    return new GatewayError(404, { error: 'Not Found', message: `${resource} not found` });
  }
}
