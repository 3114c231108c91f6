import { describe, expect, it } from 'vitest';
import { message, printable } from './printable.js';

describe('printable', () => {
  it('shows what moves the cursor, sets the title or turns the direction, and leaves lines and letters', () => {
    const [escape, csi, right] = [0x1b, 0x9b, 0x202e].map((code) => String.fromCharCode(code));
    expect(printable(`a${escape}[2J${csi}1A\r\b${right}z\tü — 😀\n`)).toBe(
      'a\\u001b[2J\\u009b1A\\u000d\\u0008\\u202ez\tü — 😀\n',
    );
  });

  it('leaves JSON equal', () => {
    const value = { name: `\u009b\u202e\u007f${String.fromCharCode(0xd800)}` };
    expect(JSON.parse(printable(JSON.stringify(value)))).toEqual(value);
  });
});

describe('message', () => {
  it('is one line, of which the middle is left out where it is long', () => {
    expect(message('a\nb')).toBe('a\\nb');
    const cut = message(`begin${'x'.repeat(10_000)}end`);
    expect(cut.length).toBeLessThan(1100);
    expect(cut).toMatch(/^beginx+ … \(9008 characters left out\) … x+end$/);
  });
});
