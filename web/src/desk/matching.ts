/** Those in which every word is found, best first: words in an earlier text weigh more. */
export function matching<Item>(items: readonly Item[], words: string, texts: (item: Item) => readonly string[]): Item[] {
  const wanted = fold(words).split(/\s+/).filter(Boolean);
  const ranked = items.map((item) => ({ item, rank: rank(texts(item).map(fold), wanted) }));
  return ranked.filter(({ rank: found }) => found < Infinity).sort((one, other) => one.rank - other.rank).map(({ item }) => item);
}

/** 0 is best; Infinity where a word is missing. */
function rank(texts: readonly string[], wanted: readonly string[]): number {
  return wanted.reduce((sum, word) => {
    const at = texts.findIndex((text) => text.includes(word));
    return sum + (at < 0 ? Infinity : at);
  }, 0);
}

function fold(text: string): string { return text.toLocaleLowerCase("sv").trim(); }
