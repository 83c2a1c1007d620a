/**
 * Tells whether JSON is nested deeper than allowed. It is measured on the text, before anything is
 * parsed and without recursion, so depth costs neither stack nor memory.
 */
export function isDeeperThan(levels: number, json: string): boolean {
  // A text that opens so few times need not be followed: nearly every event.
  if (countUpTo(levels, json, '{') + countUpTo(levels, json, '[') <= levels) return false;
  let depth = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const character = json.charAt(at);
    if (character === '"') inText = !inText;
    else if (inText) at += character === '\\' ? 1 : 0;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    if (depth > levels) return true;
  }
  return false;
}

/** How often a bracket occurs, counted no further than needed. */
function countUpTo(enough: number, text: string, bracket: string): number {
  let count = 0;
  for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
    count += 1;
    if (count > enough) break;
  }
  return count;
}
