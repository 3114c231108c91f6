// Text that a reader cannot read.
import type { Page } from 'playwright-core';

/** Widths from a phone to a large screen, px. */
export const WIDTHS = [360, 390, 600, 821, 1024, 1280, 1900, 2560];

/** Lets the page lay itself out. */
export const frames = (page: Page): Promise<void> =>
  page.evaluate('new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())))');

/**
 * Texts that leave the window, their picture or a box that cuts them off, texts that do not fit their field, and pairs that overlap, as
 * words; of the whole page, scrolled to its top.
 */
export const misplaced = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    scrollTo(0, 0);
    const found = [];
    const name = (words) => JSON.stringify(words.trim().slice(0, 60));
    const placeOf = (element) => {
      const { id, className } = element.closest('[id], [class]') ?? element;
      return id ? '#' + id : '.' + (className.baseVal ?? className);
    };
    const styles = new Map();
    const styleOf = (element) => {
      if (!styles.has(element)) styles.set(element, getComputedStyle(element));
      return styles.get(element);
    };
    const app = document.querySelector('#app');

    /** What is seen of a box: of scrolled boxes a part; null for nothing. Where another box cuts it off, that is told. */
    const seenOf = (box, element, words) => {
      let { left, right, top, bottom } = box;
      for (let around = element; around && around !== document.documentElement; around = around.parentElement) {
        const { overflowX, overflowY } = styleOf(around);
        if (overflowX === 'visible' && overflowY === 'visible') continue;
        const edge = around.getBoundingClientRect();
        const isCut = (overflow, by) => (overflow === 'hidden' || overflow === 'clip') && by > 1;
        if (isCut(overflowX, Math.max(edge.left - left, right - edge.right)) || isCut(overflowY, Math.max(edge.top - top, bottom - edge.bottom)))
          found.push('cut off by ' + placeOf(around) + ': ' + name(words));
        left = Math.max(left, edge.left);
        right = Math.min(right, edge.right);
        top = Math.max(top, edge.top);
        bottom = Math.min(bottom, edge.bottom);
      }
      return right - left > 0.5 && bottom - top > 0.5 ? { left, right, top, bottom } : null;
    };

    const texts = [];
    const walker = document.createTreeWalker(app, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement;
      // What only screen readers have, and what fields say themselves.
      if (node.data.trim() === '' || element.closest('.hidden, svg, select, option')) continue;
      // Nor what is folded.
      if (!element.checkVisibility({ visibilityProperty: true })) continue;
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) {
        const seen = box.width > 0 ? seenOf(box, element, node.data) : null;
        if (!seen) continue;
        if (seen.left < -0.5 || seen.right > innerWidth + 0.5) found.push('out of the window: ' + name(node.data));
        texts.push({ ...seen, words: node.data, element });
      }
    }
    for (const svg of app.querySelectorAll('svg[role=img]')) {
      const frame = svg.getBoundingClientRect();
      const right = Math.min(frame.right, innerWidth);
      for (const text of svg.querySelectorAll('text')) {
        if (text.textContent.trim() === '') continue;
        const box = text.getBoundingClientRect();
        if (box.left < frame.left - 0.5 || box.right > right + 0.5 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
          found.push('cut off by ' + svg.getAttribute('aria-label') + ': ' + name(text.textContent));
        const { left, top, bottom } = box;
        texts.push({ left, right: box.right, top, bottom, words: text.textContent, element: text });
      }
    }

    texts.sort((a, b) => a.top - b.top);
    texts.forEach((one, k) => {
      for (let j = k + 1; j < texts.length && texts[j].top < one.bottom - 1.5; j++) {
        const other = texts[j];
        const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
        const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
        // Lines of one paragraph may be closer than their letters are high.
        const isParagraph = !one.element.closest('svg') && (one.element.contains(other.element) || other.element.contains(one.element));
        if (wide > 0.5 && high > (isParagraph ? 8 : 2.5))
          found.push('overlap: ' + name(one.words) + ' and ' + name(other.words) + ' in ' + placeOf(one.element));
      }
    });

    const context = new OffscreenCanvas(1, 1).getContext('2d');
    for (const field of app.querySelectorAll('button, input, select')) {
      if (!field.checkVisibility() || ['file', 'range', 'radio', 'checkbox'].includes(field.type)) continue;
      const words = field.localName === 'select' ? field.selectedOptions[0]?.text : (field.value || field.textContent);
      const { font, paddingLeft, paddingRight } = styleOf(field);
      context.font = font;
      // A list has an arrow.
      const arrow = field.localName === 'select' ? 16 : 0;
      const room = field.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight) - arrow;
      const isWide = field.localName === 'button' ? field.scrollWidth > field.clientWidth + 1 : context.measureText(words).width > room + 1;
      if (isWide) found.push('does not fit ' + placeOf(field) + ': ' + name(words));
    }
    return [...new Set(found)];
  })()`);
