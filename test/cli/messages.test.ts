// Messages that name what to do, where a user has tripped.
import { expect, it } from 'vitest';
import { inDirectory } from '../support/directory.js';
import { meander } from '../support/meander.js';

const experiment = (simulation: string): string => `name: small
model:
  hiddenUnits: 2
  input: [{ kind: gaussian, covariance: [1.3, 0.8] }]
  learningRate: 0.01
  weightDecay: 0.1
simulation: { replicas: 2, seed: 1, lag: 10, duration: 200${simulation} }
`;

const files = {
  'small.yaml': experiment(''),
  'uneven.yaml': experiment(', trajectorySamples: 5').replace('200', '205'),
};

it('names what stands where a run directory should be, or is to be made', () =>
  inDirectory(files, async (directory) => {
    const said = async (...args: string[]): Promise<string> => (await meander(args, directory)).stderr;
    expect(await said('run', 'small.yaml', '--out', 'uneven.yaml')).toBe(
      'uneven.yaml: is a file, or lies in one, expected the name of a new directory or of an empty one\n',
    );
    expect(await said('show', 'nowhere')).toBe(
      'nowhere: there is no such directory; meander sweep FILE --out DIR creates one\n',
    );
    expect(await said('status', 'small.yaml')).toBe(
      'small.yaml: is a file, expected a run directory; meander sweep FILE --out DIR creates one\n',
    );
    expect(await said('show', '.')).toBe(
      '.: is not a run directory: it has no manifest.json; meander sweep FILE --out DIR creates one\n',
    );
  }));

it('names the keys in which a run that is kept differs, and the quantities as help does', () =>
  inDirectory(files, async (directory) => {
    expect((await meander(['run', 'small.yaml', '--out', 'kept'], directory)).code).toBe(0);
    const again = ['run', 'small.yaml', '--out', 'kept'];
    const { code, stderr } = await meander(
      [...again, '--set', 'simulation.seed=2', '--set', 'model.input.0.covariance=[1.3,0.9]'],
      directory,
    );
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'kept: holds another run: model.input[0].covariance[1] is 0.8 there and 0.9 here, simulation.seed is 1 there and 2 here; ' +
        'nothing was changed, name another directory\n',
    });
    expect((await meander([...again, '--quick', '--set', 'simulation.replicas=4'], directory)).stderr).toMatch(
      /^kept: holds another run: simulation\.replicas is 2 there and 4 here, --quick is false there and true here;/,
    );
    expect((await meander(['show', 'kept', '--figure', '--quantity', 'drift'], directory)).stderr).toMatch(
      /^--quantity drift: expected one of h2, F, D, D\/h2, half-life, v, their names squaredNorm, .*, or loss, regularizedLoss\n$/,
    );
  }));

it('notes a duration that is no multiple of the lag, and trajectories that go nowhere', () =>
  inDirectory(files, async (directory) => {
    const { code, stderr } = await meander(['run', 'uneven.yaml'], directory);
    expect(code, stderr).toBe(0);
    expect(stderr.split('\n').slice(0, 2)).toEqual([
      'note: simulated are 200 steps, the most of a duration of 205 that are a multiple of the lag 10',
      'note: trajectorySamples needs --out DIR to write trajectories into; none are written',
    ]);
    expect((await meander(['run', 'small.yaml'], directory)).stderr).not.toContain('note:');
    expect((await meander(['run', 'uneven.yaml', '--out', 'kept'], directory)).stderr).not.toContain(
      'trajectorySamples',
    );
  }));

const unstable = `name: unstable
model:
  hiddenUnits: 8
  input:
    - { weight: 0.3, kind: gaussian, covariance: [1.0, 0.6, 0.5] }
    - { kind: dictionary, stimuli: [[1.1, 0.3, -0.2], [-0.4, 1.2, 0.3], [0.2, -0.6, 1.0], [1.6, 0.9, 0.7]] }
  learningRate: 0.06
  weightDecay: 0.1
  labelNoiseVariance: 0.05
simulation: { replicas: 4, seed: 3, burnIn: 4000, lag: 200, duration: 2000, start: { random: 0.2 } }
sweep: { model.learningRate: [0.06, 0.3], model.weightDecay: [0.1] }
`;

it('names the replica, the step and the point where a simulation diverges, in threads as in a run directory', () =>
  inDirectory({ 'unstable.yaml': unstable }, async (directory) => {
    const message = new RegExp(
      String.raw`unstable\.yaml:11:37: sweep\.model\.learningRate\[1\]: replica \d \(from 0\), after \d+ steps: the simulation diverged; ` +
        String.raw`give a smaller learningRate \(at model\.weightDecay = 0\.1\)\n$`,
    );
    for (const out of [[], ['--out', 'kept']]) {
      const { code, stderr } = await meander(['run', 'unstable.yaml', ...out], directory);
      expect(code).toBe(2);
      expect(stderr).toMatch(message);
    }
  }));
