import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { drawings, svgOf } from '../../../test/support/figures.js';
import { contentOf } from './content.js';
import { svgToPdf } from './pdf.node.js';

const pageOf = (pdf: Uint8Array): { text: string; content: string } => {
  const text = Buffer.from(pdf).toString('latin1');
  const start = text.indexOf('stream\n') + 'stream\n'.length;
  const length = Number(/\/Length (\d+)/.exec(text)?.[1]);
  return { text, content: inflateSync(pdf.subarray(start, start + length)).toString('latin1') };
};

describe('a PDF', () => {
  it.each(drawings)('of $name is one page of its size, of vectors only', ({ name, svg, width }) => {
    const { text, content } = pageOf(svgToPdf(svg, name));
    const height = Number(/ height="(\d+)"/.exec(svg)?.[1]);
    expect(text).toContain(`/MediaBox [0 0 ${0.75 * width} ${0.75 * height}]`);
    expect(text).not.toMatch(/\/Image|\/XObject/);
    // Groups are balanced, and every line is an operator with its numbers.
    const operators = content.split('\n').map((line) => line.split(' ').at(-1));
    const count = (operator: string): number => operators.filter((other) => other === operator).length;
    expect(count('q')).toBe(count('Q'));
    expect(count('m')).toBeGreaterThan(100);
    const line =
      /^(?:(?:-?\d+(?:\.\d+)? |\[[\d. ]*\] |\/FillOpacity[\d.]+ )*)(?:cm|q|gs|Q|rg|RG|w|J|j|M|d|m|l|c|h|S|f\*?|B\*?)$/;
    expect(content.split('\n').filter((one) => !line.test(one))).toEqual([]);
  });

  it('has the offset of every object in its cross-reference table', () => {
    const { text } = pageOf(svgToPdf(svgOf('single-340'), 'test'));
    const table = text.slice(Number(/startxref\n(\d+)/.exec(text)?.[1]));
    expect(table).toMatch(/^xref\n0 6\n0{10} 65535 f \n/);
    const offsets = [...table.matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) => Number(offset));
    expect(offsets.map((offset, k) => text.startsWith(`${k + 1} 0 obj\n`, offset))).toEqual(Array(5).fill(true));
  });

  it('has a state for each opacity of the bands around theory', () => {
    const { text, content } = pageOf(svgToPdf(svgOf('single-340'), 'test'));
    expect(content).not.toContain('gs');
    expect(text).toContain('/Resources << >>');
    const band = '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0H9V9Z" fill="red" fill-opacity="0.18"/></svg>';
    const half = pageOf(svgToPdf(band, 'test'));
    expect(half.content).toContain('q\n/FillOpacity0.18 gs\n1 0 0 rg');
    expect(half.text).toContain('/Resources << /ExtGState << /FillOpacity0.18 << /ca 0.18 >> >> >>');
  });

  it('keeps letters that are not Latin in its title, and gives the same bytes again', () => {
    const svg = svgOf('single-340');
    expect(pageOf(svgToPdf(svg, 'η²')).text).toContain('/Title <FEFF03B700B2>');
    expect(svgToPdf(svg, 'a')).toEqual(svgToPdf(svg, 'a'));
  });
});

describe('the operators of a page', () => {
  const operatorsOf = (body: string): string[] => contentOf(`<svg width="9">${body}</svg>`).split('\n');

  it('are those of groups, fills, strokes and dashes', () => {
    expect(operatorsOf('<g transform="matrix(1 0 0 2 8 9.5)"><path fill="#ff0000" d="M 0 0 L 1 1e-9 Z"/></g>')).toEqual(
      ['q', '1 0 0 2 8 9.5 cm', '1 0 0 rg', '0 0 m', '1 0 l', 'h', 'f', 'Q'],
    );
    expect(
      operatorsOf(
        '<path fill="none" stroke="#000000" stroke-width="2" stroke-linecap="round" stroke-dasharray="6 3" d="M 0 0"/>',
      ),
    ).toEqual(['0 0 0 RG', '2 w', '1 J', '0 j', '4 M', '[6 3] 0 d', '0 0 m', 'S']);
  });

  it('have the cubic curve that equals a quadratic one, and a rim below its text', () => {
    expect(operatorsOf('<path d="M 0 0 Q 3 3 6 0"/>')).toContain('2 2 4 2 6 0 c');
    expect(
      operatorsOf('<path stroke="#ffffff" paint-order="stroke" d="M 0 0"/>').filter((one) => /^[SfB]$/.test(one)),
    ).toEqual(['S', 'f']);
  });

  it.each([
    ['<image href="data:"/>', 'image: expected groups and paths'],
    ['<g opacity="0.5"></g>', 'opacity of g: is not known'],
    ['<path fill-opacity="0.5" stroke="#000000" d="M 0 0"/>', 'fill-opacity of path: expected a path without a stroke'],
    ['<path d="M 0 0 A 1 1 0 0 0 2 2"/>', 'path command A'],
    ['<path fill="url(#a)" d="M 0 0"/>', 'colour url(#a)'],
  ])('are not made from %s', (body, message) => {
    expect(() => operatorsOf(body)).toThrow(message);
  });
});
