// Files of the user: what a reload, another browser, and two at once make of them.
import { expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { describeLab } from '../support/lab.js';
import { walkFile, walkTimes } from '../support/recordings.js';

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

  it('that are a recording are there after a reload, with what was declared, until they are closed', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    await page.getByRole('tab', { name: 'Recordings' }).click();
    await page.getByRole('button', { name: 'Analyse a recording' }).click();
    const mouse = { name: 'mouse.npy', mimeType: 'application/octet-stream', buffer: Buffer.from(walkFile(1)) };
    const field = page.getByLabel('Files of recordings');
    await field.setInputFiles(mouse);
    await page.getByText('keeps the recording').waitFor();
    const axes = page.getByLabel('Axes of 6 x 6 x 4 x 40');
    await axes.fill('session,trial,stimulus,neuron');
    await page.getByLabel('Times of the sessions').fill(walkTimes);
    const analyse = async (): Promise<string | null> => {
      await page.getByRole('button', { name: 'Analyse', exact: true }).click();
      await page.getByText('The analysis is done.').waitFor();
      return page.getByRole('region', { name: 'Motion of mouse' }).textContent();
    };
    const before = await analyse();
    // Neither another tab nor a reload loses it.
    await page.getByRole('tab', { name: 'Measured' }).click();
    await page.getByRole('tab', { name: 'Recordings' }).click();
    expect(await page.getByRole('region', { name: 'Motion of mouse' }).textContent()).toBe(before);
    await expect.poll(() => page.url()).toContain('tab=recordings');
    await page.reload();
    await page.getByText('mouse.npy: 6 x 6 x 4 x 40').waitFor();
    await page.getByText('the recording that you opened before').waitFor();
    expect(await axes.inputValue()).toBe('session,trial,stimulus,neuron');
    expect(await analyse()).toBe(before);

    // What is too large for the browser is not kept, and takes the place of what was.
    await page.evaluate(`(() => {
      const input = document.querySelector('#recording-files');
      const data = new DataTransfer();
      const line = 'stimulus,neuron,session,value\\n1,1,1,0.5\\n';
      data.items.add(new File([line.padEnd(2 ** 20)], 'large.csv'));
      Object.defineProperty(data.files[0], 'size', { value: 2 ** 27 + 1 });
      Object.defineProperty(input, 'files', { value: data.files, configurable: true });
      input.dispatchEvent(new Event('change', { bubbles: true }));
    })()`);
    await page.getByText('it has 129 MB, and at most 128 MB are kept').waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Analyse a recording' }).click();
    expect(await page.getByText('large.csv').count()).toBe(0);

    await field.setInputFiles(mouse);
    await page.getByText('keeps the recording').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Analyse a recording' }).waitFor();
    await page.waitForTimeout(500);
    expect(await page.getByText('mouse.npy').count()).toBe(0);
    expect(complaints.filter((text) => !text.startsWith('failed: '))).toEqual([]);
    await close();
  });
});
