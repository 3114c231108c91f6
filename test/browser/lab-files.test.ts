// Files of the user.
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../support/meander.js';
import { inDirectory } from '../support/directory.js';
import { describeLab, waitForSamples } from '../support/lab.js';

describeLab('files in the lab', (lab) => {
  const bad: [name: string, content: Buffer, message: string][] = [
    ['a.npy', Buffer.from('not numbers'), 'a.npy: is not an .npy file'],
    ['a.csv', Buffer.from('1,2\n3,x\n'), 'found "x" in row 2, column 2'],
    ['a.yaml', Buffer.from('model: [\n'), 'a.yaml:2:1: not valid YAML'],
    ['a.yaml', Buffer.from('model: { hiddenUnits: many }\n'), 'a.yaml:1:23: model.hiddenUnits'],
    ['a.json', Buffer.from([0xff, 0xfe, 0x00]), 'a.json:1:1: found bytes that are not UTF-8'],
    ['a.png', Buffer.from('x'), 'a.png: expected an experiment file (.yaml, .json) or a table (.npy, .csv)'],
  ];

  it('are rejected with a message when they are malformed or too large, and the next good one is opened', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    const input = page.locator('input[type=file]');
    const alert = page.getByRole('alert');
    for (const [name, buffer, message] of bad) {
      await input.setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
      await expect.poll(() => alert.textContent()).toContain(message);
    }
    await inDirectory({ 'large.npy': Buffer.alloc(100 * 2 ** 20) }, async (directory) => {
      await input.setInputFiles(join(directory, 'large.npy'));
      await expect.poll(() => alert.textContent()).toContain('large.npy: found 100 MB, expected at most 32 MB');
    });
    await page.evaluate(`(() => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(['1,2\\n3,y\\n'], 'dropped.csv'));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
    })()`);
    await expect.poll(() => alert.textContent()).toContain('found "y" in row 2, column 2');
    expect(await page.locator('tbody tr').count()).toBe(3);
    await input.setInputFiles(join(root, 'examples/data/iris.csv'));
    await page.getByText('iris: 4 learned modes').waitFor();
    expect(await alert.count()).toBe(0);
    await page.getByRole('button', { name: 'Copy link' }).click();
    await page.getByText('It opens your file in this browser').waitFor();
    await page.getByRole('button', { name: 'Start' }).click();
    await waitForSamples(page, 5);
    expect(complaints).toEqual([]);
    await close();
  });

  it('that are experiments of another rule are predicted and simulated, with what is loaded for them', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    const loaded: string[] = [];
    page.on('response', (response) => loaded.push(response.url()));
    const experiment = {
      name: 'oja',
      model: { rule: 'oja', outputs: 2, input: [{ kind: 'gaussian', covariance: [1.3, 1, 0.2] }], learningRate: 0.05 },
      probes: 'axes',
    };
    const buffer = Buffer.from(JSON.stringify(experiment));
    await page.locator('input[type=file]').setInputFiles({ name: 'oja.json', mimeType: 'application/json', buffer });
    await page.getByText('oja: 2 learned modes').waitFor();
    await page.getByRole('button', { name: 'Start' }).click();
    await waitForSamples(page, 5);
    expect(new Set(loaded.filter((url) => url.includes('index.rules'))).size).toBe(2);
    expect(complaints).toEqual([]);
    await close();
  });

  it('that are experiments show the labels of their probes in the legend', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    const experiment = {
      name: 'labelled',
      model: {
        hiddenUnits: 4,
        input: [{ kind: 'gaussian', covariance: [1.3, 1] }],
        learningRate: 0.01,
        weightDecay: 0.1,
      },
      probes: [{ stimulus: [1, 0], label: 'frequent' }, [0, 1]],
    };
    const buffer = Buffer.from(JSON.stringify(experiment));
    await page.locator('input[type=file]').setInputFiles({ name: 'labelled.json', mimeType: 'text/plain', buffer });
    await page.getByText('labelled: 2 learned modes').waitFor();
    const legend = page.locator('svg text').filter({ hasText: /^(frequent|probe 2)$/ });
    await expect.poll(() => legend.allTextContents()).toEqual(expect.arrayContaining(['frequent', 'probe 2']));
    expect(complaints).toEqual([]);
    await close();
  });

  it('that have several points show the first, list them all, and show any other that is chosen', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    const experiment = {
      name: 'swept',
      model: {
        hiddenUnits: 3,
        input: [{ kind: 'gaussian', covariance: [1, 0.9] }],
        learningRate: 0.02,
        weightDecay: 0.1,
      },
      sweep: { 'model.learningRate': [0.01, 0.02, 0.03], 'model.weightDecay': [0.1, 0.2, 0.3] },
    };
    const buffer = Buffer.from(JSON.stringify(experiment));
    await page.locator('input[type=file]').setInputFiles({ name: 'swept.json', mimeType: 'text/plain', buffer });
    const point = page.getByLabel('Point', { exact: true });
    const values = (): Promise<string[]> =>
      Promise.all(['learningRate', 'weightDecay'].map((name) => page.locator(`input[name=${name}]`).inputValue()));
    await expect.poll(() => point.locator('option').count()).toBe(9);
    expect(await point.locator('option').nth(5).textContent()).toBe('6: learningRate 0.02, weightDecay 0.3');
    await expect.poll(values).toEqual(['0.01', '0.1']);
    await point.selectOption('5');
    await page.getByText('Point 6 of the 9 points of the sweep.').waitFor();
    await expect.poll(values).toEqual(['0.02', '0.3']);
    await page.getByLabel('Input', { exact: true }).selectOption('dictionary');
    await page.getByText('dictionary: 4 learned modes').waitFor();
    expect(await point.count()).toBe(0);
    expect(complaints).toEqual([]);
    await close();
  });

  it('with a protocol are followed from phase to phase by the same networks, until a reset', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    await page.locator('input[type=file]').setInputFiles(join(root, 'examples/exposure.yaml'));
    const phase = page.getByLabel('Phase', { exact: true });
    await expect.poll(() => phase.locator('option').allTextContents()).toEqual(['1: before', '2: daily', '3: stopped']);
    await page.getByText('Phase 1 of the 3 phases of the protocol.').waitFor();
    await page.locator('main[aria-busy=false]').waitFor();
    await page.getByRole('button', { name: 'Start' }).click();
    await waitForSamples(page, 2);
    await phase.selectOption('1');
    await page.getByText('Phase 2 of the 3 phases of the protocol.').waitFor();
    await page.locator('main[aria-busy=false]').waitFor();
    await waitForSamples(page, 2);
    const copied = async (): Promise<string> => {
      await page.getByRole('button', { name: 'Copy as experiment file' }).click();
      return (await page.getByText(/^Copied the/).textContent()) ?? '';
    };
    await expect.poll(copied).toContain('continued from the weights');
    await page.getByRole('button', { name: 'Reset' }).click();
    await waitForSamples(page, 2);
    await expect.poll(copied).not.toContain('continued from the weights');
    expect(complaints).toEqual([]);
    await close();
  });

  it('that take long can be abandoned, and cannot be exported meanwhile', async () => {
    const { page, complaints, close } = await lab.open('', { paused: true });
    const numbers = Array.from({ length: 130 }, (_, i) =>
      Array.from({ length: 120 }, (_, j) => Math.sin(i * 12.9898 + j * 78.233 + i * j).toFixed(4)).join(','),
    );
    const buffer = Buffer.from(`${numbers.join('\n')}\n`);
    await page.locator('input[type=file]').setInputFiles({ name: 'wide.csv', mimeType: 'text/csv', buffer });
    await page.locator('main[aria-busy=true]').waitFor();
    await expect.poll(() => page.locator('.status').textContent()).toBe('computing the prediction …');
    expect(await page.getByRole('button', { name: 'Copy as experiment file' }).isDisabled()).toBe(true);
    await page.waitForTimeout(1000);
    expect(await page.locator('main').getAttribute('aria-busy')).toBe('true');
    await page.getByLabel('Input', { exact: true }).selectOption('dictionary');
    await page.getByText('dictionary: 4 learned modes').waitFor({ timeout: 5000 });
    expect(complaints).toEqual([]);
    await close();
  });
});
