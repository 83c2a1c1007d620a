/** This package's version, as in its manifest; sent in the `User-Agent`. */
export const VERSION = '0.1.0';
