/** The function with the results of the last `most` different texts kept, for functions whose texts come again and again; all are forgotten at once. */
export function remembered<Result>(compute: (text: string) => Result, most: number): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    const found = known.get(text);
    if (found !== undefined) return found;
    const result = compute(text);
    if (known.size >= most) known.clear();
    known.set(text, result);
    return result;
  };
}
