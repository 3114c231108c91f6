// Files of the user: what a reload, another browser, and two at once make of them.
import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { describeLab } from '../support/lab.js';

const experiment = {
  name: 'mine',
  model: { hiddenUnits: 4, input: [{ kind: 'dataset', file: 'rows.csv' }], learningRate: 0.01, weightDecay: 0.1 },
  probes: 'axes',
  sweep: { 'model.weightDecay': [0.1, 0.12] },
};
const files = [
  { name: 'mine.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(experiment)) },
  { name: 'rows.csv', mimeType: 'text/csv', buffer: Buffer.from('1,0.2\n-1,0.1\n0.3,0.9\n-0.3,-1.2\n') },
];

describeLab('files in the lab', (lab) => {
  it('are there after a reload, with what was changed, and missed in another browser, which says so', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    await page.locator('input[type=file]').setInputFiles(files);
    await page.getByText('mine: 2 learned modes').waitFor();
    await page.locator('input[name=learningRate]').fill('0.02');
    await expect.poll(() => page.url()).toContain('#file=mine.json&learningRate=0.02');
    const theory = (where: Page): Promise<string[]> => where.locator('#probes td:nth-child(2)').allTextContents();
    await page.locator('main[aria-busy=false]').waitFor();
    const before = await theory(page);
    await page.reload();
    await page.getByText('mine: 2 learned modes').waitFor();
    expect(await page.locator('input[name=learningRate]').inputValue()).toBe('0.02');
    expect(await theory(page)).toEqual(before);
    const hash = new URL(page.url()).hash;
    expect(hash).toBe('#file=mine.json&learningRate=0.02');

    const other = await lab.open(hash, { paused: true });
    await other.page.getByText('mine.json, a file of yours that this browser does not keep').waitFor();
    await other.page.getByText('turning: 3 learned modes').waitFor();
    // The reload aborted what was still loaded.
    expect([...complaints, ...other.complaints].filter((text) => !text.startsWith('failed: '))).toEqual([]);
    await other.close();
    await close();
  });

  it('that are dropped in haste, or before another choice, give way to the later, and never show', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    await page.evaluate(`(() => {
      // The first file takes long to be read.
      const slice = File.prototype.slice;
      File.prototype.slice = function (...range) {
        const part = slice.apply(this, range);
        if (this.name !== 'first.csv') return part;
        return { arrayBuffer: () => new Promise((resolve) => setTimeout(() => resolve(part.arrayBuffer()), 400)) };
      };
      globalThis.seen = [];
      new MutationObserver(() => seen.push(document.querySelector('.summary')?.textContent))
        .observe(document.body, { childList: true, subtree: true, characterData: true });
      globalThis.drop = (name) => {
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File(['1,0.2\\n-1,0.1\\n0.3,0.9\\n-0.3,-1.2\\n'], name));
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
      };
      drop('first.csv');
      drop('second.csv');
    })()`);
    await page.getByText('second: 2 learned modes').waitFor();
    await page.waitForTimeout(600);
    await page.evaluate("drop('first.csv')");
    await page.getByLabel('Input', { exact: true }).selectOption('dictionary');
    await page.getByText('dictionary: 4 learned modes').waitFor();
    await page.waitForTimeout(600);
    const seen = await page.evaluate<(string | undefined)[]>('seen');
    expect(seen.at(-1)).toContain('dictionary');
    expect(seen.filter((text) => text?.startsWith('first'))).toEqual([]);
    expect(complaints).toEqual([]);
    await close();
  });
});
