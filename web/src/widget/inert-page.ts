/**
 * Make everything beside `element` unreachable while it covers the page; returns the way back.
 * What the page itself had made inert stays so.
 */
export function coverPage(element: Element): () => void {
  const covered: Element[] = [];
  for (let node: Element | null = element; node && node !== document.body; node = node.parentElement) {
    for (const sibling of node.parentElement?.children ?? []) {
      if (sibling === node || sibling.hasAttribute("inert")) continue;
      sibling.setAttribute("inert", "");
      covered.push(sibling);
    }
  }
  return () => covered.forEach((sibling) => sibling.removeAttribute("inert"));
}
