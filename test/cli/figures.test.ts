import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { meander, meanderOutput } from '../support/meander.js';
import { experiment } from '../support/small-run.js';
import { textsIn } from '../support/svg.js';
import { inRun, sweepFile } from '../support/sweeps.js';

describe('meander show --figure', () => {
  it('draws heat maps over two parameters, and curves of the theory over one', async () => {
    await inRun(async (directory) => {
      for (const args of [[], ['--where', 'learningRate=0.002', '--quantity', 'F']]) {
        await meanderOutput(['show', 'run', '--figure', ...args], directory);
      }
      const [map, curves] = await Promise.all(
        ['diffusion', 'fluctuation-learningRate-0.002'].map((name) =>
          readFile(join(directory, `run/figures/${name}.svg`), 'utf8'),
        ),
      );
      // 20 cells for the theory, the simulation and their ratio; 30 points and their ratios.
      expect(map.match(/<rect [^>]*fill="(#|rgb)[^>]*width="[\d.]+" x="[\d.]+" \/>/g)?.length).toBe(60);
      for (const title of ['theory', 'simulation', 'simulation / theory']) expect(map).toContain(`>${title}<`);
      expect(map).toContain('probe 1 = [1,0,0]');
      expect(curves).toContain('probe 3');
      expect(curves).toContain('>fluctuation F (activation²)<');
      // Lines of the theory through 100 values and more.
      const lines = [...curves.split('class="panel"')[1].matchAll(/aria-label="line"[^>]*><path d="([^"]*)"/g)];
      expect(lines).toHaveLength(3);
      for (const [, path] of lines) expect(path.split('L').length).toBeGreaterThan(100);
      expect((await readFile(join(directory, 'run/figures/diffusion.png'))).subarray(1, 4).toString()).toBe('PNG');
      expect((await readFile(join(directory, 'run/figures/diffusion.pdf'))).subarray(0, 8).toString()).toBe('%PDF-1.4');
      for (const svg of [map, curves]) {
        expect(svg).toMatch(/^<svg [^>]*xmlns="http/);
        expect(svg).not.toContain('NaN');
      }
    });
  });

  it('names no probe for a loss, and draws no ratio where the theory is 0', async () => {
    await inRun(async (directory) => {
      const args = ['show', 'run', '--figure', '--quantity', 'loss'];
      const refused = await meander([...args, '--probe', '2'], directory);
      expect(refused).toMatchObject({
        code: 2,
        stderr: '--probe 2: the task loss is that of all stimuli together; leave --probe out\n',
      });
      for (const more of [
        args,
        [...args, '--where', 'learningRate=0.002'],
        ['show', 'run', '--figure', '--quantity', 'directedSpeed'],
      ]) {
        await meanderOutput(more, directory);
      }
      const [map, curves, speed] = await Promise.all(
        ['loss', 'loss-learningRate-0.002', 'directedSpeed'].map((name) =>
          readFile(join(directory, `run/figures/${name}.svg`), 'utf8'),
        ),
      );
      for (const svg of [map, curves]) expect(svg).not.toMatch(/probe/);
      expect(curves).toContain('>all stimuli</text>');
      expect(speed.match(/<g class="panel"/g)).toHaveLength(1);
      expect(speed).toContain('simulation / its standard error; theory is 0');
    });
  });

  it('draws over a parameter of the input too, with lines of the theory', async () => {
    const text = sweepFile({ points: 1 })
      .replace('input: [', 'input: [{ weight: 0, kind: point, stimulus: [1, 1, 0] }, ')
      .replace(/sweep:[^]*/, 'sweep: { model.input.0.weight: [0, 0.2, 0.4] }\n');
    await inRun(async (directory) => {
      await meanderOutput(['show', 'run', '--figure'], directory);
      const svg = await readFile(join(directory, 'run/figures/diffusion.svg'), 'utf8');
      expect(svg).toContain('>lines: theory</text>');
      expect(svg).not.toContain('rings');
    }, text);
  });

  it('draws quantities over the probes of a run without a sweep, theory as rings beside the simulation', async () => {
    await inDirectory({ 'small.yaml': experiment() }, async (directory) => {
      await meanderOutput(['run', 'small.yaml', '--out', 'run'], directory);
      await meanderOutput(['show', 'run', '--figure'], directory);
      const svg = await readFile(join(directory, 'run/figures/probes.svg'), 'utf8');
      const panels = svg.split('<g class="panel"').slice(1);
      // The quantities of charts, D first, the directed speed that this input has, and the ratios of the five.
      for (const [k, title] of [
        'diffusion D',
        'fluctuation F',
        'relative diffusion',
        'half-life',
        'directed speed |v|',
        'simulation / theory',
      ].entries())
        expect(panels[k]).toContain(`>${title}`);
      for (const panel of panels.slice(0, 5)) expect(panel.match(/<circle[^>]*r="7.2"/g)).toHaveLength(3);
      expect(svg).toContain('learning rate η\u00a0=\u00a00.02');
      // Probes have whole numbers, also where two ticks are few.
      await meanderOutput(['show', 'run', '--figure', '--quantity', 'D', '--probe', '1,2', '--no-caption'], directory);
      const two = textsIn(await readFile(join(directory, 'run/figures/diffusion-probe-1-2.svg'), 'utf8'));
      expect(two).toEqual(expect.arrayContaining(['1', '2']));
      expect(two).not.toContain('1.5');
      expect((await readFile(join(directory, 'run/figures/probes.png'))).subarray(1, 4).toString()).toBe('PNG');
      await meanderOutput(['show', 'run', '--figure', '--quantity', 'F', '--probe', '2'], directory);
      const one = await readFile(join(directory, 'run/figures/fluctuation-probe-2.svg'), 'utf8');
      expect(one.match(/<g class="panel"/g)).toHaveLength(2);
      const look = ['--letters', '--no-caption', '--x-label', 'stimulus', '--y-label', 'speed', '--log', 'y'];
      const draw = ['show', 'run', '--figure', '--quantity', 'F', '--probe', '1,3'];
      await meanderOutput([...draw, ...look], directory);
      const styled = textsIn(await readFile(join(directory, 'run/figures/fluctuation-probe-1-3.svg'), 'utf8'));
      expect(styled).toEqual(expect.arrayContaining(['a', 'b', 'stimulus', 'speed', '1', '3']));
      expect(styled.join(' ')).not.toMatch(/probe|fluctuation|Theory at leading order/);
      expect(await meander(['show', 'run', '--figure', '--log', 'xy'], directory)).toMatchObject({
        code: 2,
        stderr: '--log xy: the x axis has the numbers of the probes; expected y or none\n',
      });
      expect(await meander(['show', 'run', '--figure', '--y-label', 'speed'], directory)).toMatchObject({
        code: 2,
        stderr: '--y-label: there is an axis for each quantity; choose one by --quantity\n',
      });
      expect(await meander(['show', 'run', '--figure', '--quantity', 'loss'], directory)).toMatchObject({
        code: 2,
        stderr:
          '--quantity loss: the task loss is one number where no parameter varies; meander show --columns loss prints it\n',
      });
      expect(await meander(['show', 'run', '--figure', '--probe', '9'], directory)).toMatchObject({
        code: 2,
        stderr: '--probe 9: expected some of 1, 2, 3\n',
      });
    });
  });

  it('draws over the probes where --where leaves one point of a sweep', async () => {
    await inRun(async (directory) => {
      await meanderOutput(['show', 'run', '--figure', '--where', 'point=3'], directory);
      expect(await readFile(join(directory, 'run/figures/probes-point-3.svg'), 'utf8')).toContain('>probe</text>');
    });
  });

  it('says where the leading order is not enough, as the table and meander run do', async () => {
    const text = sweepFile({ points: 1, duration: 20_000 })
      .replace('lag: 20', 'lag: 4')
      .replace(/sweep:[^]*/, 'sweep: { model.learningRate: [0.01, 0.05] }\n');
    await inRun(async (directory) => {
      const run = await meanderOutput(['run', 'sweep.yaml'], directory);
      const [, quantity, probes, size] =
        /note: (\S+) of probe ([\d, ]+) is ([\d.]+(?: to [\d.]+)? times theory), more than 30% off/.exec(run) ?? [];
      expect(probes).toBeDefined();
      const table = await meander(['show', 'run'], directory);
      expect(table.stderr).toContain(
        `note: ${quantity} of point 1 (probe ${probes}) is ${size}, more than 30% off the leading order in the learning rate: lower it\n`,
      );
      expect((await meander(['show', 'run', '--where', 'point=0'], directory)).stderr).toBe('');
      const name = { F: 'fluctuation', D: 'diffusion', '|h|^2': 'squaredNorm' }[quantity] ?? '';
      await meanderOutput(['show', 'run', '--figure', '--quantity', name], directory);
      const svg = await readFile(join(directory, `run/figures/${name}.svg`), 'utf8');
      const caption = [...svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g)].map(([, line]) => line).join(' ');
      expect(caption).toContain(
        `For ${probes.split(',').length} of 6 points shown the simulation is more than 30% off`,
      );
      // Over the probes of that point, the caption says it once for all quantities.
      await meanderOutput(['show', 'run', '--figure', '--where', 'point=1'], directory);
      const texts = textsIn(await readFile(join(directory, 'run/figures/probes-point-1.svg'), 'utf8')).join(' ');
      expect(texts.match(/more than 30% off/g)).toHaveLength(1);
    }, text);
  });
});

describe('the look of meander show --figure', () => {
  it('is that of its options: probes, labels, scales, letters, no caption', async () => {
    await inRun(async (directory) => {
      const drawn = async (...args: string[]): Promise<string> => {
        const where = ['--where', 'learningRate=0.002'];
        const { code, stderr } = await meander(['show', 'run', '--figure', ...where, ...args], directory);
        expect({ code, stderr }).toMatchObject({ code: 0 });
        const path = /the figure is (\S+\.svg)/.exec(stderr)?.[1] ?? '';
        return readFile(join(directory, path), 'utf8');
      };
      const plain = await drawn();
      expect(textsIn(plain).join(' ')).toContain('probe 2');
      expect(textsIn(plain).join(' ')).toContain('Theory at leading order');
      const svg = await drawn(
        '--probe',
        '1,3',
        '--x-label',
        'decay',
        '--y-label',
        'speed',
        '--letters',
        '--no-caption',
      );
      const texts = textsIn(svg);
      expect(texts).toEqual(expect.arrayContaining(['probe 1', 'probe 3', 'decay', 'speed', 'a', 'b']));
      expect(texts.join(' ')).not.toMatch(/probe 2|Theory at leading order/);
      expect(svg).not.toContain('>weight decay');
      expect(await drawn('--log', 'none')).not.toEqual(await drawn('--log', 'xy'));
    });
  });

  it("has a size, a file and panels of one's choice, and says what it replaces", async () => {
    await inRun(async (directory) => {
      const draw = ['show', 'run', '--figure', '--where', 'learningRate=0.002', '--no-ratio', '--width', '85mm'];
      const [first, again] = [
        await meander([...draw, '--height', '9cm', '--to', 'talk.svg'], directory),
        await meander([...draw, '--height', '340px', '--to', 'talk'], directory),
      ];
      expect(first).toMatchObject({ code: 0, stderr: 'the figure is talk.svg\n' });
      expect(again.stderr).toBe('the figure is talk.svg, talk.png, talk.pdf; it replaces the one that was there\n');
      const svg = await readFile(join(directory, 'talk.svg'), 'utf8');
      expect(svg).toContain('viewBox="0 0 321 340"');
      expect(svg.match(/<g class="panel"/g)).toHaveLength(1);
      const low = await meander([...draw, '--height', '30mm', '--to', 'low'], directory);
      expect(low).toMatchObject({ code: 2 });
      expect(low.stderr).toMatch(/^the height of the figure: found 113 px, expected at least \d+ px \(\d+ mm\)/);
    });
  });

  it.each([
    [['--width', '3in'], '--width 3in: expected a length such as 85mm, 8.5cm or 600px, from 200 to 4000 px'],
    [
      ['--probe', '1,2'],
      '--probe 1,2: a figure over 2 parameters shows one probe; give one, or fix a parameter by --where',
    ],
    [['--probe', '9'], '--probe 9: expected some of 1, 2, 3'],
    [['--probe', '3-1'], '--probe 3-1: expected numbers of probes from 1 on, such as 2, 1,3 or 2-5'],
    [['--log', 'z'], '--log z: expected x, y, xy or none'],
  ])('is refused for %j', async (args, message) => {
    await inRun(async (directory) => {
      const { code, stderr } = await meander(['show', 'run', '--figure', ...args], directory);
      expect({ code, stderr: stderr.slice(0, message.length) }).toEqual({ code: 2, stderr: message });
    });
  });

  it('has no logarithmic axis for values below 0', async () => {
    const text = sweepFile({ points: 1 })
      .replace('input: [', 'input: [{ weight: 0.2, kind: point, stimulus: [1, 1, 0] }, ')
      .replace(/sweep:[^]*/, 'sweep: { model.input.0.stimulus.0: [-1, 1] }\n');
    await inRun(async (directory) => {
      expect(await meander(['show', 'run', '--figure', '--log', 'x'], directory)).toMatchObject({
        code: 2,
        stderr: '--log x: found -1 in model.input.0.stimulus.0, expected values of at least 0 and some above it\n',
      });
    }, text);
  });

  it('is no matter of a table', async () => {
    await inRun(async (directory) => {
      expect(await meander(['show', 'run', '--no-caption'], directory)).toMatchObject({
        code: 2,
        stderr: '--no-caption is for figures: add --figure\n',
      });
    });
  });
});
