import fastify, { type FastifyInstance, type FastifyPluginAsync } from 'fastify';
import { threeDsRoutes } from './authentication/three-ds.routes.js';
import { controlRoutes } from './control/control.routes.js';
import { customerRoutes } from './customers/customers.routes.js';
import { dashboardRoutes } from './dashboard/dashboard.routes.js';
import { injectFaults } from './faults/inject-faults.js';
import { answerErrors, answerFrameworkError } from './http/error-answers.js';
import { limitRequests, RateLimit } from './http/rate-limit.js';
import { acceptRawBodies } from './http/request-body.js';
import { logAnswers, logArrivals } from './http/request-log.js';
import { authenticate } from './keys/authenticate.js';
import { orderRoutes } from './orders/orders.routes.js';
import { paymentRoutes } from './payments/payments.routes.js';
import type { GatewayState } from './gateway-state.js';

/** How the state is served. */
export interface Serving {
  /** Where the sandbox listens; known once it does. */
  readonly origin: () => string;
  /** Aborts when the sandbox stops. */
  readonly stopping: AbortSignal;
}

/** The HTTP side of a sandbox: the API, the 3DS page, the control routes and the page at `/`. */
export function gatewayApp(state: GatewayState, serving: Serving): FastifyInstance {
  const app = fastify({
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    frameworkErrors: (_error, _request, reply) => answerFrameworkError(reply),
  });
  acceptRawBodies(app);
  answerErrors(app);
  app.addHook('onSend', async (_request, reply, payload) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-cache');
    return payload;
  });
  logArrivals(app, state.requests, state.clock);
  injectFaults(app, { ...serving, faults: state.faults, completeNow: completeNow(state) });
  logAnswers(app, state.requests);
  void app.register(
    named('api', async (api) => apiRoutes(api, state, serving)),
    { prefix: '/api/v1' },
  );
  void app.register(
    named('control', async (control) => controlApi(control, state)),
    { prefix: '/_sandbox' },
  );
  threeDsRoutes(app, { ...state, ...state.options, stopping: serving.stopping });
  dashboardRoutes(app, () => ({
    origin: serving.origin(),
    demoCustomerId: state.demoCustomer?.id,
    orders: state.orders.list(),
    payments: state.payments.list().map(({ payment }) => payment),
    deliveries: state.webhooks.deliveries(),
  }));
  return app;
}

/** Without a name of its own Fastify looks for one among all modules that the process has loaded. */
function named(name: string, plugin: FastifyPluginAsync): FastifyPluginAsync {
  return Object.assign(plugin, { [Symbol.for('fastify.display-name')]: name });
}

function apiRoutes(api: FastifyInstance, state: GatewayState, { origin }: Serving): void {
  const { clock, options } = state;
  const { pollIntervalMs, requestsPerMinute } = options;
  limitRequests(api, new RateLimit(requestsPerMinute, clock));
  authenticate(api, state.keys);
  customerRoutes(api, state.customers, clock);
  orderRoutes(api, state);
  paymentRoutes(api, { ...state, pollIntervalMs, origin });
}

function controlApi(control: FastifyInstance, state: GatewayState): void {
  const { host: boundHost, webhookSecret } = state.options;
  const demoCustomerId = state.demoCustomer?.id;
  controlRoutes(control, { ...state, boundHost, webhookSecret, demoCustomerId });
}

function completeNow({ payments, authentication, webhooks }: GatewayState) {
  return async (paymentId: string): Promise<void> => {
    const record = payments.get(paymentId);
    if (record) authentication.decide(record, 'approve');
    await webhooks.settled();
  };
}
