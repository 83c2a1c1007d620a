/** The members of an object of the gateway, by their names on the wire; undefined where there is none. */
export type OwnMembers = Readonly<Record<string, unknown>>;

const plain: object = {};

/**
 * An object of the gateway as it may be read by name: what was not sent is undefined, also where somebody
 * has given every object of the process a member of that name. That is looked for once for each object; to
 * ask for each member costs more than to read it.
 */
export function ownMembers(object: OwnMembers): OwnMembers {
  return inheritsMembers() ? { ...object, __proto__: null } : object;
}

/** Whether every object has members that were assigned to their prototype. */
function inheritsMembers(): boolean {
  for (const _ in plain) return true;
  return false;
}
