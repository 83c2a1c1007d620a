import fastify, { type FastifyInstance, type FastifyPluginAsync } from 'fastify';
import type { ApiVersion } from './books/resource.js';
import { threeDsRoutes } from './authentication/three-ds.routes.js';
import { controlRoutes } from './control/control.routes.js';
import { SHOWN } from './dashboard/dashboard.page.js';
import { dashboardRoutes } from './dashboard/dashboard.routes.js';
import { previewRoutes } from './documents/preview.routes.js';
import { injectFaults } from './faults/inject-faults.js';
import { answerErrors, answerFrameworkError } from './http/error-answers.js';
import { limitRequests, RateLimit } from './http/rate-limit.js';
import { acceptRawBodies } from './http/request-body.js';
import { logAnswers, logArrivals } from './http/request-log.js';
import { linkPageRoutes } from './payment-links/link-page.routes.js';
import { authenticate } from './keys/authenticate.js';
import { rotationRoute } from './keys/rotation.routes.js';
import type { Serving } from './http/serving.js';
import type { GatewayState } from './gateway-state.js';

/** The HTTP side of a sandbox: the API, the 3DS page, the control routes and the page at `/`. */
export function gatewayApp(state: GatewayState, serving: Serving): FastifyInstance {
  const { merchantName } = state.options;
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
  const limit = new RateLimit(state.options.requestsPerMinute, state.clock);
  for (const version of ['v1', 'v2'] as const) {
    const routes = async (api: FastifyInstance) => {
      limitRequests(api, limit);
      apiRoutes(api, version, state, serving);
    };
    void app.register(named(`api-${version}`, routes), { prefix: `/api/${version}` });
  }
  void app.register(
    named('control', async (control) => controlApi(control, state)),
    { prefix: '/_sandbox' },
  );
  threeDsRoutes(app, { ...state, ...state.options, stopping: serving.stopping });
  previewRoutes(app, state.resources.documents.book);
  linkPageRoutes(app, { ...state.linkCheckout, merchantName, origin: serving.origin });
  dashboardRoutes(app, () => ({
    origin: serving.origin(),
    account: state.account,
    demoCustomerId: state.demoCustomer?.id,
    panels: Object.values(state.resources).flatMap((resource) => resource.panel(SHOWN) ?? []),
    deliveries: state.webhooks.deliveries(),
  }));
  return app;
}

/** Without a name of its own Fastify looks for one among all modules that the process has loaded. */
function named(name: string, plugin: FastifyPluginAsync): FastifyPluginAsync {
  return Object.assign(plugin, { [Symbol.for('fastify.display-name')]: name });
}

function apiRoutes(
  api: FastifyInstance,
  version: ApiVersion,
  state: GatewayState,
  serving: Serving,
): void {
  authenticate(api, state.keys);
  if (version === 'v1') rotationRoute(api, state);
  for (const resource of Object.values(state.resources)) {
    if (resource.versions.includes(version)) resource.serve(api, serving);
  }
}

function controlApi(control: FastifyInstance, state: GatewayState): void {
  const { host: boundHost } = state.options;
  const demoCustomerId = state.demoCustomer?.id;
  controlRoutes(control, { ...state, boundHost, demoCustomerId });
}

function completeNow({ resources, authentication, webhooks }: GatewayState) {
  return async (paymentId: string): Promise<void> => {
    const record = resources.payments.book.get(paymentId);
    if (record) authentication.decide(record, 'approve');
    await webhooks.settled();
  };
}
