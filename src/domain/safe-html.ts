/** Text for HTML content and double-quoted attributes; control characters and direction overrides become visible marks. */
export function escapeHtml(text: string): string {
  return text
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, '\ufffd')
    .replace(
      /[&<>"']/g,
      (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' })[character]!,
    );
}

/** An http(s) link that tells the target nothing about the reader; any other address stays text. */
export function link(address: string | null, label: string): string {
  if (address === null || !/^https?:\/\//i.test(address)) return escapeHtml(label);
  return `<a href="${escapeHtml(address)}" rel="noopener noreferrer nofollow" referrerpolicy="no-referrer">${escapeHtml(label)}</a>`;
}
