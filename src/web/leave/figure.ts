import { download } from './download.js';

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

const GAP = 12;
/** Pixels of a PNG for one of the page. */
const SHARPNESS = 2;

/** Saves the pictures of a view, one below the other, in the colours that the page shows. */
export async function saveFigure(view: HTMLElement, name: string, format: 'svg' | 'png'): Promise<void> {
  const canvas = view.querySelector('canvas');
  if (canvas && format === 'png') {
    await saveCanvas(canvas, name);
    return;
  }
  if (!view.querySelector('svg')) return;
  const { text, width, height } = standAlone(view);
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
  await saveCanvas(raster, name);
}

async function saveCanvas(canvas: HTMLCanvasElement, name: string): Promise<void> {
  const blob = await new Promise<Blob | null>((resolve) => {
    canvas.toBlob(resolve, 'image/png');
  });
  if (blob) download(`${name}.png`, blob, 'image/png');
}

/** One SVG that needs no style sheet. */
function standAlone(view: HTMLElement): { text: string; width: number; height: number } {
  const pictures = Array.from(view.querySelectorAll('svg'), (svg) => ({ svg, box: svg.getBoundingClientRect() }));
  const width = Math.ceil(Math.max(1, ...pictures.map(({ box }) => box.width)));
  let height = 0;
  const parts = pictures.map(({ svg, box }) => {
    const copy = svg.cloneNode(true) as SVGSVGElement;
    const originals = [svg, ...svg.querySelectorAll('*')];
    [copy, ...copy.querySelectorAll('*')].forEach((element, k) => {
      const style = getComputedStyle(originals[k]);
      for (const property of inlined) element.setAttribute(property, style.getPropertyValue(property));
      element.removeAttribute('class');
    });
    copy.setAttribute('y', `${height}`);
    copy.setAttribute('width', `${box.width}`);
    copy.setAttribute('height', `${box.height}`);
    height += Math.ceil(box.height) + GAP;
    return new XMLSerializer().serializeToString(copy);
  });
  const ground = getComputedStyle(document.body).backgroundColor;
  const text =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
    `<rect width="100%" height="100%" fill="${ground}"/>${parts.join('')}</svg>\n`;
  return { text, width, height };
}
