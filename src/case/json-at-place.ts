/** The value at a place such as `data[7]` or `chats.list[0].messages[3]` of a JSON text, indented; null where the text is no JSON or has no such place. */
export function jsonAtPlace(text: string, place: string): string | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  for (const [, name, index] of place.matchAll(/([^.[\]]+)|\[(\d+)\]/g)) {
    if (typeof value !== 'object' || value === null) return null;
    const key = name ?? index!;
    if (!Object.hasOwn(value, key)) return null;
    value = (value as Record<string, unknown>)[key];
  }
  return JSON.stringify(value, null, 2);
}
