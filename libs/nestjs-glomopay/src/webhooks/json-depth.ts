const [QUOTE, BACKSLASH] = [0x22, 0x5c];
const [OPEN_BRACE, CLOSE_BRACE] = [0x7b, 0x7d];
const [OPEN_BRACKET, CLOSE_BRACKET] = [0x5b, 0x5d];

/**
 * Tells whether JSON is nested deeper than allowed. It is measured on the text, before anything is
 * parsed and without recursion, so depth costs neither stack nor memory.
 */
export function isDeeperThan(levels: number, json: string): boolean {
  // A text that opens so few times need not be followed: nearly every event.
  if (countUpTo(levels, json, '{') + countUpTo(levels, json, '[') <= levels) return false;
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const character = json.charCodeAt(at);
    if (character === QUOTE) at = endOfText(json, at);
    else if (character === OPEN_BRACE || character === OPEN_BRACKET) depth += 1;
    else if (character === CLOSE_BRACE || character === CLOSE_BRACKET) depth -= 1;
    if (depth > levels) return true;
  }
  return false;
}

/** Where the text ends that begins at a quote; the end of all when it never does. */
function endOfText(json: string, begin: number): number {
  for (let end = json.indexOf('"', begin + 1); end !== -1; end = json.indexOf('"', end + 1)) {
    let escapes = 0;
    while (json.charCodeAt(end - 1 - escapes) === BACKSLASH) escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return json.length;
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
