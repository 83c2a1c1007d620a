import type { HandCalls } from '../call.js';

const rotation = { wire: { expire_after_in_seconds: 60 } };

export const apiKeys: HandCalls = {
  title: 'Keys',
  file: 'api-keys',
  calls: [{ endpoint: 'rotateApiKey', smallest: rotation, fullest: { 'every member': rotation } }],
};
