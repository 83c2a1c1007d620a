const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACKET_OPENS = 0x5b;
const BRACKET_CLOSES = 0x5d;
const BRACE_OPENS = 0x7b;
const BRACE_CLOSES = 0x7d;

/**
 * Tells whether JSON is nested deeper than allowed. It is measured on the bytes, before anything is
 * parsed and without recursion, so depth costs neither stack nor memory.
 */
export function isDeeperThan(levels: number, json: Uint8Array): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const byte = json[at];
    if (byte === QUOTE) inText = !inText;
    else if (inText) at += byte === BACKSLASH ? 1 : 0;
    else if (byte === BRACE_OPENS || byte === BRACKET_OPENS) depth += 1;
    else if (byte === BRACE_CLOSES || byte === BRACKET_CLOSES) depth -= 1;
    if (depth > levels) return true;
  }
  return false;
}
