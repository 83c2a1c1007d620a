export {
  inTime,
  NoAnswerError,
  TIME_LIMITS,
} from '../tracking/store/sql/connections/time-limits.js';
export type { TimeLimits } from '../tracking/store/sql/connections/time-limits.js';
