export { BullMqEngine } from './bull-mq-engine.js';
export type { BullMqEngineOptions } from './bull-mq-options.js';
