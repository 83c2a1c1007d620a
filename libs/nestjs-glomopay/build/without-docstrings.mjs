import { decode, encode } from '@jridgewell/sourcemap-codec';
import ts from 'typescript';

/**
 * A compiled module without its docstrings, and its source map for the lines that are left. The types
 * and the sources carry every docstring already; two copies more would make the package a tenth larger.
 */
export function withoutDocstrings(code, map) {
  const gone = linesOfDocstrings(code);
  const isKept = (_, line) => !gone.has(line);
  return {
    code: code.split('\n').filter(isKept).join('\n'),
    map: { ...map, mappings: encode(decode(map.mappings).filter(isKept)) },
  };
}

/** The lines that hold nothing but a docstring. */
function linesOfDocstrings(code) {
  const file = ts.createSourceFile('module.js', code, ts.ScriptTarget.Latest, false);
  const lines = new Set();
  const visit = (node) => {
    for (const { pos, end } of ts.getLeadingCommentRanges(code, node.getFullStart()) ?? []) {
      const before = code.slice(code.lastIndexOf('\n', pos) + 1, pos);
      const isAlone = before.trim() === '' && /^[ \t]*(?:\r?\n|$)/.test(code.slice(end));
      if (!isAlone || !code.startsWith('/**', pos)) continue;
      const last = file.getLineAndCharacterOfPosition(end).line;
      for (let line = file.getLineAndCharacterOfPosition(pos).line; line <= last; line += 1) {
        lines.add(line);
      }
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  visit(file.endOfFileToken);
  return lines;
}
