export {
  GlomopayOperationsModule,
  type OperationsModuleAsyncOptions,
  type OperationsModuleOptions,
} from './operations.module.js';
export type {
  GlomopayOperationsOptions,
  GlomopayOperationsRegistration,
  OperationsGuard,
  OperationsLink,
} from './operations-options.js';
export type { AccountHealth, MovementFile, MovementView } from './operations-desk.js';
export type { EventPage } from './page-of-events.js';
export type { ReconciliationReport } from './reconciliation-desk.js';
export type { ReplayedMany } from './replay-many.js';
export type { OperationsErrorAnswer } from './operations-refusal.js';
