/** What the host passed to `GlomopayTrackingModule`. */
export const GLOMOPAY_TRACKING_OPTIONS = Symbol.for('nestjs-glomopay:tracking-options');
/** The tracking options with every default filled in. */
export const GLOMOPAY_TRACKING_CONFIG = Symbol.for('nestjs-glomopay:tracking-config');
