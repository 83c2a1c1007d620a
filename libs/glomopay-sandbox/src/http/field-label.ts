/** A field's name as the gateway's messages spell it: `expire_after` is "Expire after". */
export function fieldLabel(parent: string, name: string): string {
  const words = name.replaceAll('_', ' ');
  return parent ? `${parent} ${words}` : words.charAt(0).toUpperCase() + words.slice(1);
}
