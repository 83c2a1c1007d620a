/**
 * Cannot be loaded. Jest begins with the largest file where it knows none of them, and with one that has
 * failed where it does: this is the first one, and what it leaves the worker in is met by the others.
 */
export const never: string = new URL('not a URL').href;
