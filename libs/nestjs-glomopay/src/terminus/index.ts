export { GlomopayHealthIndicator, type GlomopayHealth } from './glomopay-health.indicator.js';
export type { GlomopayHealthOptions } from './health-options.js';
export type { GlomopayHealthProblem } from './health-problems.js';
