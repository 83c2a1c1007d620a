import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import {
  type ArgumentsHost,
  Controller,
  type INestApplication,
  Module,
  UseGuards,
} from '@nestjs/common';
import { APP_FILTER, NestFactory } from '@nestjs/core';
import { GraphQLModule, Query, Resolver } from '@nestjs/graphql';
import {
  type ClientProxy,
  ClientProxyFactory,
  MessagePattern,
  type MicroserviceOptions,
  Transport,
} from '@nestjs/microservices';
import {
  CallbackSignatureGuard,
  GlomopayAuthenticationError,
  GlomopayExceptionFilter,
  GlomopayModule,
  GlomopayOutcomeUnknownError,
  GlomopayValidationError,
  VerifiedCallback,
  VerifiedWebhook,
  WebhookSignatureGuard,
} from 'nestjs-glomopay';
import { firstValueFrom } from 'rxjs';
import { CapturedLog } from '../support/captured-log.js';
import { cleanUp } from '../support/library/clean-up.js';

const opened = cleanUp();
const CANARY = 'c4n4ry';
const call = 'POST /api/v1/payments';

const violations = [{ path: 'amount', rule: 'isInt', message: 'must be an integer' }];
const broken = new GlomopayValidationError('payment', violations);
const refused = new GlomopayAuthenticationError({
  call,
  status: 401,
  gatewayCode: CANARY,
  gatewayMessage: CANARY,
  requestId: 'shop-1',
});
const lost = new GlomopayOutcomeUnknownError(
  { call, attempts: 1, reason: CANARY, advice: CANARY, requestId: 'shop-1', status: undefined },
  { cause: new Error(CANARY) },
);

/** What a client is told of each, in whatever context. */
const answers = {
  broken: {
    statusCode: 422,
    error: 'Unprocessable Entity',
    code: 'GLOMOPAY_VALIDATION',
    outcome: 'not_sent',
    violations,
  },
  refused: {
    statusCode: 502,
    error: 'Bad Gateway',
    code: 'GLOMOPAY_API',
    outcome: 'rejected',
    requestId: 'shop-1',
  },
  lost: {
    statusCode: 504,
    error: 'Gateway Timeout',
    code: 'GLOMOPAY_OUTCOME_UNKNOWN',
    outcome: 'unknown',
    requestId: 'shop-1',
  },
} as const;
const names = Object.keys(answers) as (keyof typeof answers)[];

@Controller()
class Messages {
  @MessagePattern('broken')
  broken(): never {
    throw broken;
  }

  @MessagePattern('refused')
  async refused(): Promise<never> {
    throw refused;
  }

  @MessagePattern('lost')
  lost(): never {
    throw lost;
  }

  @MessagePattern('foreign')
  foreign(): never {
    throw new TypeError(CANARY);
  }

  @MessagePattern('webhook')
  @UseGuards(WebhookSignatureGuard)
  webhook(): string {
    return 'open';
  }

  @MessagePattern('callback')
  @UseGuards(CallbackSignatureGuard)
  callback(): string {
    return 'open';
  }

  @MessagePattern('verified')
  verified(@VerifiedCallback() callback: unknown): unknown {
    return callback;
  }
}

@Resolver()
class Queries {
  @Query()
  broken(): never {
    throw broken;
  }

  @Query()
  async refused(): Promise<never> {
    throw refused;
  }

  @Query()
  lost(): never {
    throw lost;
  }

  @Query()
  @UseGuards(WebhookSignatureGuard)
  webhook(): string {
    return 'open';
  }

  @Query()
  @UseGuards(CallbackSignatureGuard)
  callback(): string {
    return 'open';
  }

  @Query()
  verified(@VerifiedWebhook() event: unknown): unknown {
    return event;
  }
}

const typeDefs = `type Query { broken: String refused: String lost: String webhook: String callback: String verified: String }`;
const filter = { provide: APP_FILTER, useClass: GlomopayExceptionFilter };
const library = () =>
  GlomopayModule.forRoot({
    secretKey: 'a-secret-key',
    webhookSecret: 'whsec_of_these_tests_1f0c2e',
  });

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

interface Service {
  readonly log: CapturedLog;
  /** The answer of a handler, or what it fails with. */
  ask(pattern: string, message?: unknown): Promise<unknown>;
  close(): Promise<void>;
}

async function asking(client: ClientProxy, pattern: string, message: unknown): Promise<unknown> {
  const late = new Promise((resolve) => setTimeout(resolve, 5_000, 'no answer').unref());
  const answer = firstValueFrom(client.send(pattern, message)).catch((error: unknown) => ({
    error,
  }));
  return Promise.race([answer, late]);
}

async function microservice(providers: object[] = [filter]): Promise<Service> {
  class AppModule {}
  Module({ imports: [library()], controllers: [Messages], providers: providers as [] })(AppModule);
  const log = new CapturedLog();
  const options = { host: '127.0.0.1', port: await freePort() };
  const service = await NestFactory.createMicroservice<MicroserviceOptions>(AppModule, {
    transport: Transport.TCP,
    options,
    logger: log,
  });
  await service.listen();
  const client = ClientProxyFactory.create({ transport: Transport.TCP, options });
  return {
    log,
    ask: (pattern, message = {}) => asking(client, pattern, message),
    close: async () => {
      client.close();
      await service.close();
    },
  };
}

describe('GlomopayExceptionFilter for a microservice', () => {
  it.each(names)('gives the caller the answer to what is %s', async (name) => {
    const { ask } = opened(await microservice());
    const { error } = (await ask(name)) as { error: unknown };
    expect(error).toEqual({ status: 'error', message: expect.any(String), ...answers[name] });
    expect(JSON.stringify(error)).not.toContain(CANARY);
  });

  it('leaves other errors to Nest', async () => {
    const { ask } = opened(await microservice());
    expect(await ask('foreign')).toEqual({
      error: { status: 'error', message: 'Internal server error' },
    });
  });

  it('logs for the operator what the caller is not told', async () => {
    const { ask, log } = opened(await microservice());
    await ask('refused');
    expect(log.text).toContain('The secret key was not accepted');
  });

  it.each(['webhook', 'callback', 'verified'])(
    'tells the caller of a handler that nothing can open: %s',
    async (pattern) => {
      const { ask, log } = opened(await microservice());
      const forged = { headers: { 'x-glomopay-signature': '0'.repeat(64) }, rawBody: 'x' };
      for (const message of ['', forged]) {
        expect(await ask(pattern, message)).toMatchObject({
          error: { code: 'GLOMOPAY_CONFIGURATION', statusCode: 500 },
        });
      }
      expect(log.text).toMatch(/is for routes of a controller over HTTP.* of type rpc/);
    },
  );

  it.each(['webhook', 'callback', 'verified'])(
    'stays closed without the filter: %s',
    async (pattern) => {
      const { ask } = opened(await microservice([]));
      expect(await ask(pattern)).toEqual({
        error: { status: 'error', message: 'Internal server error' },
      });
    },
  );
});

interface GraphqlError {
  readonly message: string;
  readonly extensions: Readonly<Record<string, unknown>>;
}

async function graphql(withFilter: boolean) {
  class AppModule {}
  Module({
    imports: [
      library(),
      GraphQLModule.forRoot<ApolloDriverConfig>({
        driver: ApolloDriver,
        typeDefs,
        includeStacktraceInErrorResponses: true,
      }),
    ],
    providers: [Queries, ...(withFilter ? [filter] : [])],
  })(AppModule);
  const log = new CapturedLog();
  const app: INestApplication = await NestFactory.create(AppModule, { logger: log });
  await app.listen(0, '127.0.0.1');
  const url = `${await app.getUrl()}/graphql`;
  return {
    log,
    ask: async (name: string) => {
      const answer = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: `{ ${name} }` }),
      });
      const { data, errors } = (await answer.json()) as { data: unknown; errors: GraphqlError[] };
      return { data, error: errors[0] };
    },
    close: () => app.close(),
  };
}

describe('GlomopayExceptionFilter for GraphQL', () => {
  it.each(names)('gives the client the answer to what is %s, in extensions', async (name) => {
    const { ask } = opened(await graphql(true));
    const { data, error } = await ask(name);
    expect(data).toEqual({ [name]: null });
    expect(error?.message).toMatch(/^[A-Z].*\.$/);
    const { stacktrace, ...extensions } = error?.extensions ?? {};
    expect(extensions).toEqual(answers[name]);
    // A server under development shows the stack: it is the text, and no file of ours.
    expect(stacktrace).toEqual([`Error: ${error?.message}`]);
    expect(JSON.stringify(error)).not.toContain(CANARY);
  });

  it('logs for the operator what the client is not told', async () => {
    const { ask, log } = opened(await graphql(true));
    await ask('refused');
    expect(log.text).toContain('The secret key was not accepted');
  });

  it.each(['webhook', 'callback', 'verified'])(
    'says of a resolver that nothing can open what it is guarded by: %s',
    async (name) => {
      const filtered = opened(await graphql(true));
      const { data, error } = await filtered.ask(name);
      expect(data).toEqual({ [name]: null });
      expect(error?.extensions['code']).toBe('GLOMOPAY_CONFIGURATION');
      expect(filtered.log.text).toMatch(
        /is for routes of a controller over HTTP.* of type graphql/,
      );
      const plain = opened(await graphql(false));
      const unfiltered = await plain.ask(name);
      expect(unfiltered.data).toEqual({ [name]: null });
      expect(unfiltered.error?.message).toMatch(/is for routes of a controller over HTTP/);
    },
  );
});

describe('GlomopayExceptionFilter for a WebSocket', () => {
  const told: unknown[] = [];
  const hostOf = (type: string, client: unknown) =>
    ({
      getType: () => type,
      switchToWs: () => ({ getClient: () => client }),
    }) as unknown as ArgumentsHost;
  const data = { status: 'error', message: expect.any(String), ...answers.lost };

  it('emits the event that Nest has for exceptions', () => {
    const client = { emit: (...sent: unknown[]) => void told.push(sent), send: () => undefined };
    new GlomopayExceptionFilter().catch(lost, hostOf('ws', client));
    expect(told.splice(0)).toEqual([['exception', data]]);
  });

  it('sends it as a message of its adapter where the client is a plain socket', () => {
    const client = {
      readyState: 1,
      emit: () => undefined,
      send: (sent: string) => void told.push(JSON.parse(sent)),
    };
    new GlomopayExceptionFilter().catch(lost, hostOf('ws', client));
    expect(told.splice(0)).toEqual([{ event: 'exception', data }]);
  });

  it('throws the error on in a context that nothing is known of', () => {
    expect(() => new GlomopayExceptionFilter().catch(lost, hostOf('telegram', {}))).toThrow(lost);
    expect(new GlomopayExceptionFilter().catch(lost, hostOf('ws', undefined))).toBeUndefined();
  });
});
