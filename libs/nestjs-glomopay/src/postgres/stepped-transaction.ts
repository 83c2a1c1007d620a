export { SteppedTransaction } from '../tracking/store/sql/connections/stepped-transaction.js';
