import { expect, it } from 'vitest';
import { escapeText } from './text.js';

it('text of an SVG has neither markup nor control characters, which no SVG can hold', () => {
  expect(escapeText('a < b & c > d')).toBe('a &lt; b &amp; c &gt; d');
  expect(escapeText('a\u0001\u009bb\tc')).toBe('a\ufffd\ufffdb\ufffdc');
});
