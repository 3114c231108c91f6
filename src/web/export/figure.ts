import { download } from './download.js';

/** Takes a picture of pixels, as many of them for one of the page, as a data: address. */
export type Snapshot = (sharpness: number) => string;

/** What a view shows, and how its canvas is taken if it has one. */
interface Figure {
  readonly heading: HTMLElement;
  readonly body: HTMLElement;
  readonly snapshot: Snapshot | null;
}

/** What a picture takes from the style sheet of the page. */
const inlined = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-linejoin',
  'stroke-linecap',
  'font-family',
  'font-size',
  'font-weight',
] as const;

const MARGIN = 12;
/** Pixels of a PNG for one of the page. */
const SHARPNESS = 2;
/** Of the height of a line of text, what lies below its base. */
const DESCENT = 0.21;

/** Saves the title, the pictures, the captions and the key of a view, laid out and coloured as on the page. */
export async function saveFigure(figure: Figure, name: string, format: 'svg' | 'png'): Promise<void> {
  const { text, width, height } = standAlone(figure);
  if (format === 'svg') {
    download(`${name}.svg`, text, 'image/svg+xml');
    return;
  }
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const raster = document.createElement('canvas');
  raster.width = SHARPNESS * width;
  raster.height = SHARPNESS * height;
  raster.getContext('2d')?.drawImage(image, 0, 0, raster.width, raster.height);
  const blob = await new Promise<Blob | null>((resolve) => {
    raster.toBlob(resolve, 'image/png');
  });
  if (blob) download(`${name}.png`, blob, 'image/png');
}

/** One SVG that needs no style sheet. */
function standAlone({ heading, body, snapshot }: Figure): { text: string; width: number; height: number } {
  const title = heading.getBoundingClientRect();
  const frame = body.getBoundingClientRect();
  const top = MARGIN + title.height + MARGIN;
  const [canvases, drawings] = [Array.from(body.querySelectorAll('canvas')), Array.from(body.querySelectorAll('svg'))];
  const texts = Array.from(body.querySelectorAll('figcaption, .key, .numbers'));
  const parts = [
    ...textOf(heading, MARGIN - title.left, MARGIN - title.top),
    ...canvases.map((canvas) => pixelsOf(canvas, frame, top, snapshot)),
    ...drawings.map((svg) => drawingOf(svg, frame, top)),
    ...texts.flatMap((text) => textOf(text, MARGIN - frame.left, top - frame.top)),
  ];
  const width = Math.ceil(frame.width + 2 * MARGIN);
  const bottom = Math.max(...[...canvases, ...drawings, ...texts].map((part) => part.getBoundingClientRect().bottom));
  const height = Math.ceil(top + bottom - frame.top + MARGIN);
  const ground = getComputedStyle(heading.closest('.view') ?? document.body).backgroundColor;
  const text =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `<rect width="100%" height="100%" fill="${ground}"/>${parts.join('')}</svg>\n`;
  return { text, width, height };
}

/** Where a part of the page stands in the figure whose frame begins at `top`. */
function place(element: Element, copy: Element, frame: DOMRect, top: number): string {
  const box = element.getBoundingClientRect();
  copy.setAttribute('x', `${box.left - frame.left + MARGIN}`);
  copy.setAttribute('y', `${box.top - frame.top + top}`);
  copy.setAttribute('width', `${box.width}`);
  copy.setAttribute('height', `${box.height}`);
  return new XMLSerializer().serializeToString(copy);
}

function drawingOf(svg: SVGSVGElement, frame: DOMRect, top: number): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((element, k) => {
    const style = getComputedStyle(originals[k]);
    for (const property of inlined) element.setAttribute(property, style.getPropertyValue(property));
    element.removeAttribute('class');
  });
  return place(svg, copy, frame, top);
}

function pixelsOf(canvas: HTMLCanvasElement, frame: DOMRect, top: number, snapshot: Snapshot | null): string {
  const image = document.createElementNS('http://www.w3.org/2000/svg', 'image');
  image.setAttribute('href', snapshot?.(SHARPNESS) ?? canvas.toDataURL());
  return place(canvas, image, frame, top);
}

/** The lines of a text as the page has broken them, moved by x, y. A picture within a line begins another piece. */
function textOf(element: Element, x: number, y: number): string[] {
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
        // Words of two nodes may touch.
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
