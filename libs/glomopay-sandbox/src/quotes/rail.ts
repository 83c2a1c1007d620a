/** Every rail of the gateway. */
export const RAILS = [
  'upi',
  'rtgs',
  'neft',
  'imps',
  'ipp',
  'fts',
  'sepa',
  'fps',
  'npp',
  'swift',
] as const;

export type Rail = (typeof RAILS)[number];
