export {
  GlomopayHealthIndicator,
  type GlomopayHealth,
  type GlomopayMerchantsHealth,
} from './glomopay-health.indicator.js';
export type { GlomopayHealthOptions } from './health-options.js';
export type { GlomopayHealthProblem } from './health-problems.js';
