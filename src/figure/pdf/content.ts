// The drawing operators of a PDF page (ISO 32000-1, 8.4 to 8.6) from an SVG that is reduced to groups and paths.

/** What the graphics state of a fill that lets what is below shine through is called, before its opacity. */
export const FILL_OPACITY = 'FillOpacity';

type Attributes = Readonly<Partial<Record<string, string>>>;

/** What an attribute may be on a group and on a path; others would be lost silently. */
const KNOWN = {
  g: ['transform', 'id'],
  path: [
    ...['d', 'id', 'fill', 'fill-opacity', 'fill-rule', 'stroke', 'stroke-width', 'stroke-linecap', 'stroke-linejoin'],
    ...['stroke-miterlimit', 'stroke-dasharray', 'stroke-dashoffset', 'paint-order', 'shape-rendering'],
  ],
};

/** The operators of all groups and paths in order. Throws TypeError for anything else. */
export function contentOf(svg: string): string {
  const operators: string[] = [];
  for (const [, tag, text] of svg.matchAll(/<(\/?[\w:]+)((?:\s+[\w:-]+="[^"]*")*)\s*\/?>/g)) {
    if (['svg', '/svg', 'defs', '/defs'].includes(tag)) continue;
    if (tag === '/g') operators.push('Q');
    else if (tag === 'g') operators.push('q', ...groupOf(attributesOf(tag, text)));
    else if (tag === 'path') operators.push(...pathOf(attributesOf(tag, text)));
    else throw new TypeError(`${tag}: expected groups and paths, which are all that a PDF page is made from`);
  }
  return operators.join('\n');
}

function attributesOf(tag: keyof typeof KNOWN, text: string): Attributes {
  const attributes = Object.fromEntries(
    [...text.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value]),
  );
  const unknown = Object.keys(attributes).find((name) => !KNOWN[tag].includes(name));
  if (unknown !== undefined) throw new TypeError(`${unknown} of ${tag}: is not known to the PDF of a figure`);
  return attributes;
}

function groupOf({ transform }: Attributes): string[] {
  if (transform === undefined) return [];
  const matrix = /^matrix\(([^)]*)\)$/.exec(transform)?.[1].split(/[ ,]+/).map(Number) ?? [];
  if (matrix.length !== 6) throw new TypeError(`transform ${transform}: expected a matrix of six numbers`);
  return [`${matrix.map(number).join(' ')} cm`];
}

const CAPS = ['butt', 'round', 'square'];
const JOINS = ['miter', 'round', 'bevel'];

function pathOf(attributes: Attributes): string[] {
  const { d = '', fill = '#000000', stroke = 'none', 'fill-rule': rule = 'nonzero', 'paint-order': order } = attributes;
  const segments = segmentsOf(d);
  const star = rule === 'evenodd' ? '*' : '';
  const filled = fill === 'none' ? [] : [`${colour(fill)} rg`];
  const stroked = stroke === 'none' ? [] : [`${colour(stroke)} RG`, ...strokeState(attributes)];
  const opacity = attributes['fill-opacity'];
  if (filled.length === 0 && stroked.length === 0) return [];
  if (filled.length === 0) return [...stroked, ...segments, 'S'];
  if (opacity !== undefined) {
    if (stroked.length > 0) throw new TypeError('fill-opacity of path: expected a path without a stroke');
    return ['q', `/${FILL_OPACITY}${number(Number(opacity))} gs`, ...filled, ...segments, `f${star}`, 'Q'];
  }
  if (stroked.length === 0) return [...filled, ...segments, `f${star}`];
  if (order === 'stroke') return [...stroked, ...segments, 'S', ...filled, ...segments, `f${star}`];
  return [...filled, ...stroked, ...segments, `B${star}`];
}

function strokeState(attributes: Attributes): string[] {
  const dashes = (attributes['stroke-dasharray'] ?? '').split(/[ ,]+/).filter((dash) => dash !== '' && dash !== 'none');
  return [
    `${number(Number(attributes['stroke-width'] ?? 1))} w`,
    `${Math.max(0, CAPS.indexOf(attributes['stroke-linecap'] ?? 'butt'))} J`,
    `${Math.max(0, JOINS.indexOf(attributes['stroke-linejoin'] ?? 'miter'))} j`,
    `${number(Number(attributes['stroke-miterlimit'] ?? 4))} M`,
    `[${dashes.map((dash) => number(Number(dash))).join(' ')}] ${number(Number(attributes['stroke-dashoffset'] ?? 0))} d`,
  ];
}

/** `#0072b2` as three numbers from 0 to 1. */
function colour(hex: string): string {
  const digits = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(hex)?.slice(1);
  if (!digits) throw new TypeError(`colour ${hex}: expected #rrggbb`);
  return digits.map((pair) => number(Number.parseInt(pair, 16) / 255)).join(' ');
}

/** Absolute M, L, Q, C and Z; PDF has cubic curves only. */
function segmentsOf(d: string): string[] {
  let [x, y] = [0, 0];
  return [...d.matchAll(/([A-DF-Za-df-z])([^A-DF-Za-df-z]*)/g)].map(([, command, text]) => {
    const values = text.split(/[ ,]+/).filter(Boolean).map(Number);
    const [startX, startY] = [x, y];
    if (values.length >= 2) [x, y] = values.slice(-2);
    const joined = values.map(number).join(' ');
    switch (command) {
      case 'M':
        return `${joined} m`;
      case 'L':
        return `${joined} l`;
      case 'C':
        return `${joined} c`;
      case 'Q': {
        const [qx, qy] = values;
        const third = (end: number, control: number): number => (end + 2 * control) / 3;
        const cubic = [third(startX, qx), third(startY, qy), third(x, qx), third(y, qy), x, y];
        return `${cubic.map(number).join(' ')} c`;
      }
      case 'Z':
        return 'h';
      default:
        throw new TypeError(`path command ${command}: expected M, L, Q, C or Z`);
    }
  });
}

/** A hundredth of a pixel would show in large prints of small letters: four decimals, never an exponent. */
function number(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`expected a finite number in a drawing, found ${value}`);
  return String(Number(value.toFixed(4)) + 0);
}
