/** A member, what was asked for in it, and what a found object has there. */
export type AskedMember = readonly [member: string, asked: unknown, found: unknown];

/** The members in which a found object is another one than was asked for. */
export function differences(members: readonly AskedMember[]): string[] {
  return members
    .filter(([, asked, found]) => asked !== undefined && found !== asked)
    .map(([member]) => member);
}
