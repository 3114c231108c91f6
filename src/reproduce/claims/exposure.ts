import { sameSign, type Check } from '#compare';
import { formatNumber, type Estimate } from '#core';
import { phasesTable, type ExtrapolationRecord } from '#experiment';
import { equalityLine, type Panel } from '#figure';
import { angularRate, angularRateLabel, angularRateLimit, logRatio } from '../angular-rate.js';
import { describeModel } from '../caption.js';
import { limitChecks } from '../checks.js';
import type { Claim, Evidence, PointEvidence } from '../claim.js';
import { pointsOf, rateOf } from '../learning-rates.js';

/** One phase: the limits eta -> 0 of the simulation, and a point of the group for its theory. */
interface InPhase {
  readonly name: string;
  readonly group: ExtrapolationRecord;
  readonly point: PointEvidence;
}

/** The probe that is presented. */
const EXPOSED = 0;

/** Claim 15. */
export const exposureClaim: Claim = {
  id: '15',
  title: 'Daily exposure',
  statement:
    'Daily exposure to a stimulus slows its drift below that of others, and the drift speeds up again when the exposure stops.',
  source: 'Schoonover, Ohashi, Axel & Fink, Nature 2021, in kind; rates beyond the paper',
  preset: '15-exposure.yaml',
  judge: (evidence) => {
    const phases = phasesOf(evidence);
    const [before, daily, stopped] = phases;
    const labels = before.point.report.probes.map(({ label }, k) => label ?? `probe ${k + 1}`);
    const probes = labels.map((_, k) => k);
    const name = (k: number): string => labels[k];
    return {
      checks: [
        ...phases.flatMap((phase) =>
          limitChecks(phase.group, `phase ${phase.name}`, { rates: ['diffusion'], chosen: probes, name }),
        ),
        changeCheck(before, daily),
        changeCheck(daily, stopped),
        rankCheck(daily, name),
      ],
      compared: phases.map(({ group }) => ({ group, rates: ['diffusion'] })),
      figures: [
        {
          name: '15-exposure',
          title: 'Drift rate before, during and after daily exposure',
          caption:
            'First panel: drift rate D / |h|², divided by η³, of a stimulus that is presented with probability 0.02, then 0.1, then 0.02, and ' +
            'of two that never are: theory (rings) and simulation taken to η → 0 (points). Second panel: simulation / theory, η → 0. Third panel: ' +
            `self-correlation since the first sample of the same networks through all phases at η = ${formatNumber(rateOf(slowest(evidence)[0].report))}, ` +
            `theory (lines) and simulation (points). ${describeModel(before.point.prepared.point.model, ['learningRate'])} in the first phase.`,
          table: { kind: 'comparison', panels: [...ratePanels(phases, probes, name), ...coursePanels(evidence)] },
        },
      ],
    };
  },
};

/** In the order of the protocol. */
const phasesOf = ({ extrapolations, points }: Evidence): InPhase[] =>
  extrapolations
    .map((group) => ({ name: String(group.parameters.phase), group, point: pointsOf(group, points)[0] }))
    .sort((a, b) => indexOf(a.point) - indexOf(b.point));

const indexOf = ({ report }: PointEvidence): number => report.phase?.index ?? 0;

const theory = ({ point }: InPhase, k: number): number => angularRate(point.report, k);
const measured = (phase: InPhase, k: number): Estimate => angularRateLimit(theory(phase, k), phase.group, k);

/** Sign of ln of the drift rate of the exposed stimulus in one phase over that in another. */
const changeCheck = (from: InPhase, to: InPhase): Check =>
  sameSign(
    `ln of the drift rate of the exposed stimulus, from phase ${from.name} to ${to.name}`,
    logRatio(measured(to, EXPOSED), measured(from, EXPOSED)),
    Math.log(theory(to, EXPOSED) / theory(from, EXPOSED)),
  );

/** Sign of ln of its drift rate over that of the slowest of the others. */
function rankCheck(phase: InPhase, name: (k: number) => string): Check {
  const others = phase.group.probes.slice(1).map((_, k) => k + 1);
  const slowestOther = others.reduce((a, b) => (theory(phase, b) < theory(phase, a) ? b : a));
  return sameSign(
    `ln of the drift rate of the exposed stimulus over that of ${name(slowestOther)}, phase ${phase.name}`,
    logRatio(measured(phase, EXPOSED), measured(phase, slowestOther)),
    Math.log(theory(phase, EXPOSED) / theory(phase, slowestOther)),
  );
}

function ratePanels(phases: readonly InPhase[], probes: readonly number[], name: (k: number) => string): Panel[] {
  const label = phases.map((phase, k) => `${k + 1} ${phase.name}`).join(', ');
  const x = { label: `phase: ${label}`, scale: 'linear', domain: [0.5, phases.length + 0.5] } as const;
  return [
    {
      x,
      y: { label: angularRateLabel(), scale: 'linear' },
      theory: probes.map((k) => ({
        series: name(k),
        open: true,
        points: phases.map((phase, i) => ({ x: i + 1, y: theory(phase, k) })),
      })),
      simulation: probes.map((k) => ({
        series: name(k),
        points: phases.map((phase, i) => {
          const { value, se } = measured(phase, k);
          return { x: i + 1, y: value, se };
        }),
      })),
    },
    {
      x,
      y: { label: 'simulation / theory, η → 0', scale: 'linear', domain: [0.88, 1.12] },
      theory: [],
      simulation: probes.map((k) => ({
        series: name(k),
        points: phases.flatMap(({ group }, i) => {
          const limit = group.probes[k].diffusion?.limit;
          return limit ? [{ x: i + 1, y: limit.value, se: limit.se }] : [];
        }),
      })),
      referenceLine: equalityLine,
    },
  ];
}

/** The points of the smallest learning rate, in the order of the phases. */
function slowest({ points }: Evidence): PointEvidence[] {
  const least = Math.min(...points.map(({ report }) => rateOf(report)));
  return points.filter(({ report }) => rateOf(report) === least).sort((a, b) => indexOf(a) - indexOf(b));
}

/** Self-correlation of the exposed stimulus and of the first control since the first sample of the experiment. */
const coursePanels = (evidence: Evidence): readonly Panel[] =>
  phasesTable(
    slowest(evidence).map(({ report }) => report),
    [EXPOSED, EXPOSED + 1],
  ).panels;
