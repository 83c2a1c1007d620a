import type { FastifyInstance } from 'fastify';
import { sendPage } from '../html/page.js';
import { dashboardPage } from './dashboard.page.js';
import type { DashboardView } from './dashboard.page.js';

/** `/`: the page a developer keeps open beside the shop. */
export function dashboardRoutes(app: FastifyInstance, view: () => DashboardView): void {
  app.get('/', (_request, reply) => sendPage(reply, 200, dashboardPage(view())));
  app.get('/favicon.ico', (_request, reply) => reply.code(204).send());
}
