export interface ThreadCitation {
  platform: string;
  board: string;
  threadId?: string;
  postId?: string;
  value: string;
}

/** Interim: `>>>/board/number` only. */
export function threadCitations(text: string): ThreadCitation[] {
  return [...text.matchAll(/>>>\/([a-z0-9]{1,12})\/(\d+)/g)].map((match) => ({ platform: '4chan', board: match[1]!, postId: match[2]!, value: `4chan/${match[1]}/${match[2]}` }));
}
