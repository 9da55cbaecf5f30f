/** Where records lie in a document: a tree of the steps that lead to them. */
export interface PatternNode {
  isRecord: boolean;
  members: Map<string, PatternNode>;
  each: PatternNode | null;
}

function emptyNode(): PatternNode {
  return { isRecord: false, members: new Map(), each: null };
}

/**
 * Compiles patterns such as `posts[*]`, `[*].threads[*]`, `chats.list[*].messages[*]`, or `$` for the whole document.
 * `[]` means the same as `[*]`. Throws an Error for anything else.
 */
export function compilePatterns(patterns: string[]): PatternNode {
  const root = emptyNode();
  for (const pattern of patterns) {
    if (!/^(\$|(\[\*?\]|[^.[\]]+)(\[\*?\]|\.[^.[\]]+)*)$/.test(pattern)) throw new Error(`bad pattern: ${pattern}`);
    let node = root;
    for (const step of pattern === '$' ? [] : pattern.match(/\[\*?\]|[^.[\]]+/g)!) {
      if (step.startsWith('[')) {
        node.each ??= emptyNode();
        node = node.each;
      } else {
        let next = node.members.get(step);
        if (next === undefined) {
          next = emptyNode();
          node.members.set(step, next);
        }
        node = next;
      }
    }
    node.isRecord = true;
  }
  return root;
}

/** Whether records may lie below this place. */
export function leadsOn(node: PatternNode): boolean {
  return node.each !== null || node.members.size > 0;
}
