/** How many lines of history one transaction of a purge looks at: nobody waits for all of them. */
export const LINES_AT_ONCE = 200;
