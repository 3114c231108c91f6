// Draws the layers of src and their imports, as ARCHITECTURE.md shows them.
import { instance } from '@viz-js/viz';
import type { Imports } from './layer-imports.js';

/** Where the picture is kept, from the root of the repository. */
export const picture = 'docs/figures/layers.svg';

/** Whether a layer imports another one, or imports what does. Ends, because there are no cycles. */
const reaches = (imports: Imports, from: string, to: string): boolean =>
  (imports.get(from) ?? []).some((next) => next === to || reaches(imports, next, to));

/** What a box says: the layer, and its imports that no arrow shows, in lines of three. */
interface Box {
  readonly layer: string;
  readonly also: readonly string[];
}

function linesOf(names: readonly string[]): readonly string[] {
  const [line, rest] = [names.slice(0, 3).join(', '), names.slice(3)];
  return rest.length === 0 ? [line] : [`${line},`, ...linesOf(rest)];
}

/** Points per inch, the unit of Graphviz. */
const INCH = 72;
const NAME = 13;
const SMALL = 9.5;

/** Inches that a box needs: names are at most 0.62 of the font size per character wide in the usual sans-serif fonts. */
function sizeOf({ layer, also }: Box): string {
  const width = Math.max(layer.length * NAME, ...also.map((line) => line.length * SMALL)) * 0.62 + 16;
  const height = NAME + also.length * SMALL * 1.25 + 13;
  return `width=${(width / INCH).toFixed(3)} height=${(height / INCH).toFixed(3)}`;
}

const rounded = (inches: string): number => Math.round(Number(inches) * INCH * 10) / 10;

function boxSvg({ layer, also }: Box, [x, y, width, height]: readonly number[]): string {
  const top = y - height / 2;
  const lines = also.map((line, k) => `<text x="${x}" y="${(top + 31 + k * SMALL * 1.25).toFixed(1)}">${line}</text>`);
  const corner = `x="${(x - width / 2).toFixed(1)}" y="${top.toFixed(1)}"`;
  return [
    `<rect ${corner} width="${width}" height="${height}" rx="6"/>`,
    `<text class="layer" x="${x}" y="${(top + 18).toFixed(1)}">${layer}</text>`,
    ...lines,
  ].join('\n');
}

const head = (width: number, height: number): string => `<svg xmlns="http://www.w3.org/2000/svg" role="img"
  viewBox="-8 -8 ${width + 16} ${height + 16}" width="${width + 16}" height="${height + 16}">
<title>Imports between the layers of src</title>
<style>
text { font-family: sans-serif; font-size: ${SMALL}px; text-anchor: middle; fill: #3d4f61 }
.layer { font-size: ${NAME}px; font-weight: bold; fill: #14202b }
rect { fill: #eef3f8; stroke: #4a6785 }
path { fill: none; stroke: #4a6785 }
marker path { fill: #4a6785; stroke: none }
</style>
<marker id="arrow" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">
<path d="M0 0.5 8 4 0 7.5z"/>
</marker>
<rect x="-8" y="-8" width="${width + 16}" height="${height + 16}" style="fill: #fff; stroke: none"/>`;

/**
 * Draws imports as SVG: arrows to those that no other import implies, and the rest by name in the box of the layer, because
 * an arrow for each would hide the order.
 */
export async function draw(imports: Imports): Promise<string> {
  const arrows: string[] = [];
  const boxes = new Map<string, Box>();
  for (const [layer, all] of imports) {
    const implied = all.filter((other) => all.some((next) => reaches(imports, next, other)));
    boxes.set(layer, { layer, also: implied.length === 0 ? [] : linesOf(['+ ' + implied[0], ...implied.slice(1)]) });
    for (const other of all) if (!implied.includes(other)) arrows.push(`"${layer}" -> "${other}"`);
  }
  const nodes = [...boxes.values()].map((box) => `"${box.layer}" [${sizeOf(box)}]`);
  const settings = 'node [shape=box fixedsize=true label=""] edge [dir=none] ranksep=0.4 nodesep=0.25';
  const graph = `digraph { ${settings}\n${[...nodes, ...arrows].join('\n')}\n}`;
  // Lines such as: graph 1 WIDTH HEIGHT, node NAME X Y WIDTH HEIGHT …, edge FROM TO COUNT X Y …, stop; in inches from below.
  const rows = (await instance()).renderString(graph, { format: 'plain' }).trim().split('\n');
  const [width, height] = rows[0].split(' ').slice(2).map(rounded);
  const point = (x: string, y: string): string => `${rounded(x)} ${(height - rounded(y)).toFixed(1)}`;
  const shapes = rows.slice(1, -1).flatMap((row) => {
    const [kind, name, ...rest] = row.split(' ');
    const box = boxes.get(name.replaceAll('"', ''));
    if (kind === 'node' && box) {
      const [x, y, w, h] = rest.slice(0, 4).map(rounded);
      return [boxSvg(box, [x, height - y, w, h])];
    }
    if (kind !== 'edge') return [];
    const points = Array.from({ length: Number(rest[1]) }, (_, k) => point(rest[2 + 2 * k], rest[3 + 2 * k]));
    return [`<path marker-end="url(#arrow)" d="M${points[0]} C${points.slice(1).join(' ')}"/>`];
  });
  return `${[head(width, height), ...shapes].join('\n')}\n</svg>\n`;
}
