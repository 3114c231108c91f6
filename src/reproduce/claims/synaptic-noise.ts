import { agreement, sameSign, type Check } from '#compare';
import type { Axis, Panel } from '#figure';
import { symmetricEigen } from '#linalg';
import { secondMoment, type DeepLinearModel, type OjaModel, type RuleModel } from '#model';
import { logRatio } from '../angular-rate.js';
import { describeModel } from '../caption.js';
import type { Claim } from '../claim.js';
import { exponentOf } from '../decay-rates/slope.js';
import {
  comparedSources,
  predictedSynaptic,
  quotient,
  sourceChecks,
  sourcesOf,
  type SourceAt,
} from '../noise-sources.js';

const UNIT = 'D / (η σ²), D / η³';

const hiddenUnits = ({ model }: SourceAt): number => (model as DeepLinearModel).hiddenLayers[0];
const outputs = ({ model }: SourceAt): number => (model as OjaModel).outputs;

/** D by each source along one number, and simulation / theory. */
function panels(all: readonly SourceAt[], x: Axis, of: (at: SourceAt) => number): Panel[] {
  const names = { learning: 'learning noise, D / η³', synaptic: 'synaptic noise, D / (η σ²)' };
  const bySource = (['learning', 'synaptic'] as const)
    .map((source) => ({ series: names[source], own: all.filter((at) => at.source === source) }))
    .filter(({ own }) => own.length > 0);
  return [
    {
      x,
      y: { label: UNIT, scale: 'log' },
      theory: bySource.map(({ series, own }) => ({
        series,
        points: own.map((at) => ({ x: of(at), y: at.theory[0] })),
      })),
      simulation: bySource.map(({ series, own }) => ({
        series,
        points: own.map((at) => ({ x: of(at), y: at.limits[0].value, se: at.limits[0].se })),
      })),
    },
  ];
}

/** Claim 13a. */
export const hiddenSizeNoiseClaim: Claim = {
  id: '13a',
  title: 'Synaptic noise and hidden size',
  statement:
    'Drift by learning noise does not depend on the number p of hidden units. Drift by synaptic noise grows with it, linearly: ' +
    'D = η σ² Σ c_a² [Σ 1 / (2 (s_a + s_b)) + (p − r) / (2 s_a)]. Ours; it tells the two apart.',
  source: 'beyond the papers',
  preset: '13a-hidden-size.yaml',
  judge: (evidence) => {
    const all = sourcesOf(evidence);
    const at = (source: SourceAt['source'], p: number) =>
      only(all, (one) => one.source === source && hiddenUnits(one) === p);
    const [two, four, eight] = [2, 4, 8].map((p) => at('synaptic', p).limits[0]);
    const rise = { value: eight.value - four.value, se: Math.hypot(eight.se, four.se) };
    const before = { value: four.value - two.value, se: Math.hypot(four.se, two.se) };
    return {
      checks: [
        ...sourceChecks(all, (one) => `${nameOf(one)}, p = ${hiddenUnits(one)}`),
        agreement('rise of D by synaptic noise from p = 4 to 8 over that from 2 to 4', quotient(rise, before), 2, {
          tolerance: 0.6,
        }),
        agreement(
          'D by learning noise at p = 8 over that at p = 2',
          quotient(at('learning', 8).limits[0], at('learning', 2).limits[0]),
          1,
          { tolerance: 0.4 },
        ),
      ],
      ...comparedSources(all),
      figures: [
        {
          name: '13a-hidden-size',
          title: 'Drift by learning noise and by synaptic noise against hidden size',
          caption:
            'Diffusion of a unit stimulus in an autoencoder against the number p of hidden units, all of which are simulated: by learning noise alone, over η³, ' +
            'and by synaptic noise of variance η σ² a step, over that; theory (lines) and simulation taken to η → 0 (points). ' +
            `${describeModel(all[0].model, ['learningRate'])}.`,
          table: { kind: 'comparison', panels: panels(all, { label: 'hidden units p', scale: 'linear' }, hiddenUnits) },
        },
      ],
    };
  },
};

/** Claim 13b. */
export const outputsNoiseClaim: Claim = {
  id: '13b',
  title: 'Synaptic noise and output dimension',
  statement:
    'Drift by synaptic noise grows with every output of Oja’s rule, as k − 1, up to k = n, where drift by learning noise, (k − 1)(n − k), is gone ' +
    '(claim 9). That the two depend differently on the dimension is the paper’s; the factor η σ² (k − 1) / 2 is ours.',
  source: 'Pashakhanloo, NeurIPS 2025 (arXiv 2510.21588)',
  preset: '13b-outputs.yaml',
  judge: (evidence) => {
    const all = sourcesOf(evidence);
    const at = (k: number) => only(all, (one) => outputs(one) === k).limits[0];
    const points = all.map((one) => ({ x: outputs(one) - 1, y: one.limits[0] }));
    return {
      checks: [
        ...sourceChecks(all, (one) => `k = ${outputs(one)}`),
        agreement('exponent of k − 1 in D, simulation', exponentOf(points), 1, { tolerance: 0.3 }),
        sameSign('ln of D at k = n = 5 over that at k = 2', logRatio(at(5), at(2)), Math.log(4)),
        ...all.map((one) =>
          exactCheck(`D over η σ² (k − 1) / 2 by theory, k = ${outputs(one)}`, one.theory[0], (outputs(one) - 1) / 2),
        ),
      ],
      ...comparedSources(all),
      figures: [
        {
          name: '13b-outputs',
          title: 'Drift by synaptic noise against the number of outputs',
          caption:
            'Diffusion of a relevant unit stimulus under Oja’s rule with synaptic noise of variance η σ² a step, over that, against the number k of outputs: ' +
            'theory (line) and simulation taken to η → 0 (points). Unlike learning noise (claim 9) it does not stop at k = n = 5.',
          table: { kind: 'comparison', panels: panels(all, { label: 'outputs k', scale: 'linear' }, outputs) },
        },
      ],
    };
  },
};

/** Claim 13c. */
export const isotropyClaim: Claim = {
  id: '13c',
  title: 'Isotropy',
  statement:
    'For equal variances synaptic noise turns the representations of all relevant inputs alike, and learning noise need not: it turns those more with ' +
    'which irrelevant inputs come along. That learning noise is anisotropic and synaptic noise is not is the paper’s. Ours: for one Gaussian with ' +
    'equal variances both are isotropic, because rotations of the relevant inputs are then a symmetry of every step.',
  source: 'Pashakhanloo, NeurIPS 2025 (arXiv 2510.21588)',
  preset: '13c-isotropy.yaml',
  judge: (evidence) => {
    const all = sourcesOf(evidence);
    const learning = only(all, ({ source }) => source === 'learning');
    const synaptic = only(all, ({ source }) => source === 'synaptic');
    const x: Axis = { label: 'relevant input', scale: 'linear' };
    const panel = (one: SourceAt): Panel => ({
      title: nameOf(one),
      x,
      y: {
        label: one.source === 'learning' ? 'D / η³' : 'D / (η σ²)',
        scale: 'linear',
        domain: [0, 1.5 * Math.max(...one.theory)],
      },
      theory: [{ series: 'theory', points: one.theory.map((y, k) => ({ x: k + 1, y })), open: true }],
      simulation: [
        { series: 'simulation, η → 0', points: one.limits.map(({ value, se }, k) => ({ x: k + 1, y: value, se })) },
      ],
    });
    return {
      checks: [
        ...sourceChecks(all, nameOf),
        sameSign(
          'learning noise: ln of D of input 1 over that of input 2, which irrelevant inputs seldom come with',
          logRatio(learning.limits[0], learning.limits[1]),
          Math.log(learning.theory[0] / learning.theory[1]),
        ),
        agreement(
          'synaptic noise: D of input 1 over that of input 2',
          quotient(synaptic.limits[0], synaptic.limits[1]),
          1,
          {
            tolerance: 0.3,
          },
        ),
      ],
      ...comparedSources(all),
      figures: [
        {
          name: '13c-isotropy',
          title: 'Drift of three relevant inputs of equal variance',
          caption:
            'Diffusion of unit stimuli along three relevant inputs of variance 1 under Oja’s rule, which irrelevant inputs come along with unequally: by learning ' +
            'noise and by synaptic noise; theory (open) and simulation taken to η → 0 (points).',
          table: { kind: 'comparison', panels: [panel(learning), panel(synaptic)] },
        },
      ],
    };
  },
};

/** Sum of 1 / l_i^2 over the three variances that are learned. */
function inverseSquares(model: RuleModel): number {
  const values = Array.from(symmetricEigen(secondMoment(model.input)).values).sort((a, b) => b - a);
  return values.slice(0, 3).reduce((sum, value) => sum + 1 / value ** 2, 0);
}

/** Half of the sum of D of three unit stimuli: the trace of the rotation covariance, each plane counted once. */
const halfSum = (values: readonly number[]): number => (values[0] + values[1] + values[2]) / 2;

/** Claim 13d. */
export const synapticSimilarityClaim: Claim = {
  id: '13d',
  title: 'Synaptic noise in similarity matching',
  statement:
    'Three outputs of similarity matching turn by synaptic noise with a diffusion constant proportional to σ² and to Σ 1 / l_i². That is Qin et al.’s, as ' +
    'D = (η σ² / 4) Σ 1 / l_i², half of the trace of Cov(ω) with noise on one of W and M. Ours: the variance (η σ² / 4)(1 / l_i² + 1 / l_j²) ' +
    'per step in each plane, twice that with independent noise on both, and (η σ² / 4)(1 / l_i − 1 / l_j)² from noise on M that is symmetric, at τ = 1.',
  source: 'Qin et al., Nature Neuroscience 2023; the variance of each plane is ours',
  preset: '13d-synaptic-noise.yaml',
  judge: (evidence) => {
    const all = sourcesOf(evidence);
    const traces = all.map(({ limits, model }) => ({
      x: inverseSquares(model),
      variance: model.synapticNoise?.variance ?? NaN,
      // The three estimates share replicas: errors are added.
      y: { value: halfSum(limits.map(({ value }) => value)), se: halfSum(limits.map(({ se }) => se)) },
    }));
    const [weak, strong] = traces;
    const same = traces.filter(({ variance }) => variance === weak.variance);
    return {
      checks: [
        ...sourceChecks(
          all,
          ({ model }) => `σ² = ${model.synapticNoise?.variance ?? 0}, Σ 1 / l² = ${inverseSquares(model).toFixed(2)}`,
        ),
        agreement('D / (η σ²) at σ² = 0.0004 over that at σ² = 0.0001', quotient(strong.y, weak.y), 1, {
          tolerance: 0.3,
        }),
        agreement('exponent of Σ 1 / l² in the trace of Cov(ω), simulation', exponentOf(same), 1, { tolerance: 0.3 }),
        ...conventionChecks(all[2].model),
      ],
      ...comparedSources(all),
      figures: [
        {
          name: '13d-synaptic-noise',
          title: 'Rotation of similarity matching by synaptic noise',
          caption:
            'Half of the trace of the rotation covariance per step over η σ², for three outputs of similarity matching with synaptic noise on W, against the sum of ' +
            '1 / l² of the variances that they learn: Σ / 4 (line; Qin et al.) and simulation taken to η → 0 (points).',
          table: {
            kind: 'comparison',
            panels: [
              {
                x: { label: 'Σ 1 / l²', scale: 'linear' },
                y: { label: 'tr Cov(ω) / (2 η σ²)', scale: 'linear' },
                theory: [{ series: 'Σ / 4', points: [1, 4].map((sum) => ({ x: sum, y: sum / 4 })) }],
                simulation: [
                  {
                    series: 'simulation, η → 0',
                    points: traces.map(({ x, y }) => ({ x, y: y.value / 2, se: y.se / 2 })),
                  },
                ],
              },
            ],
          },
        },
      ],
    };
  },
};

/** The trace by theory for the ways to add synaptic noise, over the sums that are stated. */
function conventionChecks(model: RuleModel): Check[] {
  const l = Array.from(symmetricEigen(secondMoment(model.input)).values).sort((a, b) => b - a);
  const planes = [
    [l[0], l[1]],
    [l[0], l[2]],
    [l[1], l[2]],
  ];
  const sum = (variance: (a: number, b: number) => number): number =>
    planes.reduce((total, [a, b]) => total + variance(a, b) / 4, 0);
  const single = sum((a, b) => 1 / a ** 2 + 1 / b ** 2);
  const probes = [0, 1, 2].map((k) => Float64Array.from({ length: model.input.size }, (_, i) => Number(i === k)));
  const trace = (layers: 'all' | string[], symmetric: boolean): number =>
    halfSum(
      predictedSynaptic({ ...model, synapticNoise: { variance: 1e-4, scaling: 'sqrt', layers, symmetric } }, probes),
    );
  return [
    exactCheck('tr Cov(ω) / (η σ²), noise on W: theory', trace(['W'], true), single),
    exactCheck('tr Cov(ω) / (η σ²), noise on M, not symmetric: theory', trace(['M'], false), single),
    exactCheck('tr Cov(ω) / (η σ²), noise on both, not symmetric: theory', trace('all', false), 2 * single),
    exactCheck(
      'tr Cov(ω) / (η σ²), noise on M, symmetric: theory',
      trace(['M'], true),
      sum((a, b) => (1 / a - 1 / b) ** 2),
    ),
  ];
}

/** Equality of theory and a formula to rounding. */
const exactCheck = (quantity: string, value: number, predicted: number): Check =>
  agreement(quantity, { value, se: 0 }, predicted, { predictedError: 1e-9 * predicted, tolerance: 4e-9 * predicted });

const nameOf = ({ source }: SourceAt): string => `${source} noise`;

function only(all: readonly SourceAt[], is: (at: SourceAt) => boolean): SourceAt {
  const found = all.find(is);
  if (!found) throw new RangeError('the preset lacks a setting of the claim');
  return found;
}
