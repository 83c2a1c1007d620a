/** A piece of a statement: together they are its text. */
export interface SqlToken {
  /** `word`: a keyword or a plain name. `literal`: a text between single quotes. `comment`: spaces too. */
  readonly kind: 'word' | 'literal' | 'comment' | 'other';
  readonly text: string;
}

/**
 * Quoted names and dollar-quoted bodies are passed over as a whole. Of a literal only the plain form is
 * known (`''` stands for a quote): the stores write no other.
 */
const KINDS: readonly (readonly [SqlToken['kind'], RegExp])[] = [
  ['word', /[A-Za-z_][A-Za-z0-9_$]*/y],
  ['literal', /'(?:[^']|'')*'/y],
  ['comment', /--[^\n]*|\/\*[\s\S]*?\*\/|\s+/y],
  ['other', /"(?:[^"]|"")*"|`[^`]*`|\$(?<tag>[A-Za-z_]*)\$[\s\S]*?\$\k<tag>\$|::|[\s\S]/y],
];

/** Takes a statement apart, such that nothing of its text is lost. */
export function sqlTokens(statement: string): readonly SqlToken[] {
  const tokens: SqlToken[] = [];
  for (let at = 0; at < statement.length;) {
    const token = tokenAt(statement, at);
    tokens.push(token);
    at += token.text.length;
  }
  return tokens;
}

function tokenAt(statement: string, at: number): SqlToken {
  for (const [kind, pattern] of KINDS) {
    pattern.lastIndex = at;
    const [text] = pattern.exec(statement) ?? [];
    if (text !== undefined) return { kind, text };
  }
  throw new Error('A statement cannot be read'); // [\s\S] takes whatever there is
}
