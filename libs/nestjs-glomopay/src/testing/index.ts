export type { TrackingStoreHarness } from './contract/harness.js';
export { trackingStoreContract, type TrackingStoreTest } from './tracking-store-contract.js';
