import { existsSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawings, recordingDrawings } from '../support/figures.js';
import { openBrowser } from '../support/site.js';
import { chromiumFile } from '../support/system-packages.js';

interface Rectangle {
  readonly what: string;
  readonly fontSize: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Evaluated in the page: the rectangles of the elements. */
const rectangles = `(selector) => [...document.querySelectorAll(selector)].map((element) => {
  const { left, right, top, bottom } = element.getBoundingClientRect();
  const fontSize = Number.parseFloat(getComputedStyle(element).fontSize);
  return { what: element.textContent || element.outerHTML, fontSize, left, right, top, bottom };
})`;

/** Rectangles that share more than the rounding of half a pixel. */
const overlap = (a: Rectangle, b: Rectangle): boolean =>
  a.left < b.right - 0.5 && b.left < a.right - 0.5 && a.top < b.bottom - 0.5 && b.top < a.bottom - 0.5;

describe.skipIf(!existsSync(chromiumFile))('the figures in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  it.each([...drawings, ...recordingDrawings])(
    '$name: no text is small, meets another text or a point, or leaves the canvas',
    async ({ svg }) => {
      const page = await browser.newPage();
      try {
        await page.setContent(`<!doctype html><body style="margin:0">${svg}</body>`);
        const find = (selector: string): Promise<Rectangle[]> =>
          page.evaluate(`(${rectangles})(${JSON.stringify(selector)})`);
        const [canvas] = await find('body > svg');
        const texts = await find('text');
        const marks = await find('svg path, svg circle, svg rect, svg line');
        const points = await find('g[aria-label="dot"] > *');
        expect(texts.length).toBeGreaterThan(10);
        expect(texts.filter(({ fontSize }) => fontSize < 11)).toEqual([]);
        const leaving = [...texts, ...marks].filter(
          ({ left, right, top, bottom }) =>
            left < canvas.left - 0.5 ||
            right > canvas.right + 0.5 ||
            top < canvas.top - 0.5 ||
            bottom > canvas.bottom + 0.5,
        );
        expect(leaving).toEqual([]);
        const meeting = texts.flatMap((a, k) =>
          [...texts.slice(k + 1), ...points].filter((b) => overlap(a, b)).map((b) => [a.what, b.what]),
        );
        expect(meeting).toEqual([]);
      } finally {
        await page.close();
      }
    },
  );
});
