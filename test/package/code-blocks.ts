/** A fenced `ts` block of a page, as a module whose lines are numbered as in the page. */
export interface CodeBlock {
  readonly line: number;
  readonly module: string;
}

/** ```` ```ts ```` is code; `<!-- ts … -->`, which no reader sees, says what stands before it. */
const pieces = /^(?<indent> *)(?:```ts|<!-- ts)\n(?<code>[^]*?)^ *(?:```|-->)$/gm;

/**
 * The `ts` blocks of a page of Markdown. A comment stands before each of the blocks that follow it,
 * until the next comment: their imports, and what else the text around them takes for granted.
 */
export function codeBlocksOf(page: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let frame = { line: 1, code: '' };
  for (const { 0: piece, index, groups } of page.matchAll(pieces)) {
    const found = { line: lineAt(page, index) + 1, code: groups?.code ?? '' };
    if (piece.trimStart().startsWith('<!--')) frame = found;
    else blocks.push({ line: found.line, module: numbered([frame, found]) });
  }
  return blocks;
}

/** Pieces of code on the lines where they stand in their page, with empty lines between them. */
function numbered(parts: readonly { readonly line: number; readonly code: string }[]): string {
  let text = '';
  for (const { line, code } of parts) {
    text += '\n'.repeat(line - lineAt(text, text.length)) + code;
  }
  // A fragment that imports nothing is still a module of its own, in which `await` may stand.
  return `${text}export {};\n`;
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split('\n').length;
}
