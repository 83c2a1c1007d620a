/** What the host passed. */
export const GLOMOPAY_OPERATIONS_OPTIONS = Symbol.for('nestjs-glomopay:operations-options');
/** The checked options. */
export const GLOMOPAY_OPERATIONS_CONFIG = Symbol.for('nestjs-glomopay:operations-config');
/** What was registered: guards and path, checked. */
export const GLOMOPAY_OPERATIONS_PLACE = Symbol.for('nestjs-glomopay:operations-place');
