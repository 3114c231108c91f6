import { withPngTexts } from './png-text.js';
import { download } from './download.js';
import type { Provenance } from './names.js';
import { textLines } from './text-lines.js';

/** Renders a canvas at a number of image pixels per pixel of the page, as a data: URL. */
export type CanvasCapture = (pixelRatio: number) => string;

/** The parts of a view, and how its canvas is captured if it has one. */
interface Figure {
  readonly heading: HTMLElement;
  readonly body: HTMLElement;
  readonly capture: CanvasCapture | null;
}

/** What a saved figure says of itself: in its title, description and metadata. */
interface About extends Omit<Provenance, 'nameOf'> {
  readonly title: string;
  readonly caption: string;
}

/** The properties that a figure takes from the style sheet of the page. */
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
/** Image pixels per pixel of the page. */
const PIXEL_RATIO = 2;

/** Downloads the title, charts, captions and key of a view, laid out and coloured as on the page. */
export async function saveFigure(figure: Figure, name: string, format: 'svg' | 'png', about: About): Promise<void> {
  const { text, width, height } = standAlone(figure, about);
  if (format === 'svg') {
    download(`${name}.svg`, text, 'image/svg+xml');
    return;
  }
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const raster = document.createElement('canvas');
  raster.width = PIXEL_RATIO * width;
  raster.height = PIXEL_RATIO * height;
  raster.getContext('2d')?.drawImage(image, 0, 0, raster.width, raster.height);
  const blob = await new Promise<Blob | null>((resolve) => {
    raster.toBlob(resolve, 'image/png');
  });
  if (!blob) return;
  const { title, caption, software, link, experiment } = about;
  const texts = { Title: title, Description: caption, Software: software, Source: link, Experiment: experiment };
  download(`${name}.png`, withPngTexts(new Uint8Array(await blob.arrayBuffer()), texts), 'image/png');
}

/** Title, description and Dublin Core of an SVG. */
function describing({ title, caption, software, link, experiment }: About): string {
  const core = Object.entries({ title, description: caption, creator: software, source: link })
    .map(([name, text]) => `<dc:${name}>${escaped(text)}</dc:${name}>`)
    .join('');
  return (
    `<title>${escaped(title)}</title><desc>${escaped(`${caption}\n\n${software}, ${link}\n\n${experiment}`)}</desc>` +
    '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" ' +
    `xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description>${core}</rdf:Description></rdf:RDF></metadata>`
  );
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** One SVG that needs no style sheet, and its size in px. */
function standAlone({ heading, body, capture }: Figure, about: About): { text: string; width: number; height: number } {
  const title = heading.getBoundingClientRect();
  const frame = body.getBoundingClientRect();
  const top = MARGIN + title.height + MARGIN;
  const [canvases, drawings] = [Array.from(body.querySelectorAll('canvas')), Array.from(body.querySelectorAll('svg'))];
  const texts = Array.from(body.querySelectorAll('figcaption, .key, .numbers'));
  const parts = [
    ...textLines(heading, MARGIN - title.left, MARGIN - title.top),
    ...canvases.map((canvas) => pixelsOf(canvas, frame, top, capture)),
    ...drawings.map((svg) => drawingOf(svg, frame, top)),
    ...texts.flatMap((text) => textLines(text, MARGIN - frame.left, top - frame.top)),
  ];
  const width = Math.ceil(frame.width + 2 * MARGIN);
  const bottom = Math.max(...[...canvases, ...drawings, ...texts].map((part) => part.getBoundingClientRect().bottom));
  const height = Math.ceil(top + bottom - frame.top + MARGIN);
  const ground = getComputedStyle(heading.closest('.view, .stage') ?? document.body).backgroundColor;
  const text =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `${describing(about)}<rect width="100%" height="100%" fill="${ground}"/>${parts.join('')}</svg>\n`;
  return { text, width, height };
}

/** The copy of a part of the page as text, at its position in the figure whose frame begins at `top`. */
function placed(element: Element, copy: Element, frame: DOMRect, top: number): string {
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
  return placed(svg, copy, frame, top);
}

function pixelsOf(canvas: HTMLCanvasElement, frame: DOMRect, top: number, capture: CanvasCapture | null): string {
  const image = document.createElementNS('http://www.w3.org/2000/svg', 'image');
  image.setAttribute('href', capture?.(PIXEL_RATIO) ?? canvas.toDataURL());
  return placed(canvas, image, frame, top);
}
