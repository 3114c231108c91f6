/** Fraction of the height of a line of text that is below its baseline. */
const DESCENT = 0.21;

/**
 * The text of an element as SVG text elements, one for each line of the page, moved by x, y. A gap within a line begins
 * a new one.
 */
export function textLines(element: Element, x: number, y: number): string[] {
  const pieces: { words: string[]; box: DOMRect; right: number }[] = [];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (const { 0: word, index } of (node.nodeValue ?? '').matchAll(/\S+/g)) {
      range.setStart(node, index);
      range.setEnd(node, index + word.length);
      const box = range.getBoundingClientRect();
      const last = pieces.at(-1);
      if (last && Math.abs(box.bottom - last.box.bottom) < 1 && box.left - last.right < 0.5 * box.height) {
        // Words of two nodes may be adjacent.
        if (box.left - last.right < 1) last.words[last.words.length - 1] += word;
        else last.words.push(word);
        last.right = box.right;
      } else {
        pieces.push({ words: [word], box, right: box.right });
      }
    }
  }
  const { color, fontFamily, fontSize, fontWeight } = getComputedStyle(element);
  return pieces.map(({ words, box: { left, bottom, height } }) => {
    const line = document.createElementNS('http://www.w3.org/2000/svg', 'text');
    line.setAttribute('x', `${left + x}`);
    line.setAttribute('y', `${bottom - DESCENT * height + y}`);
    line.setAttribute('fill', color);
    line.setAttribute('font-family', fontFamily);
    line.setAttribute('font-size', fontSize);
    line.setAttribute('font-weight', fontWeight);
    line.textContent = words.join(' ');
    return new XMLSerializer().serializeToString(line);
  });
}
