/** A text as part of a file name: letters, digits, dot and dash, at most 40 characters. */
export function namePart(text: string): string {
  const part = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')
    .slice(0, 40);
  return part === '' ? 'x' : part;
}
