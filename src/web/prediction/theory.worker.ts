// Reads experiments and computes their predictions without blocking the page.
import { formatNumber, InvalidInputError } from '#core';
import {
  coursesOf,
  liveTask,
  noFiles,
  parametersOf,
  plainSource,
  planFromTheory,
  predictionOf,
  predictionSecondsOf,
  prepare,
  quantities,
  resolveExperiment,
  theorySnapshot,
  type Point,
  type PreparedPoint,
} from '#experiment/plain';
import { dot } from '#linalg';
import { isTwoLayer } from '#model';
import type { Drift, FirstErrors, NextOrderPrediction, Prediction, PredictionWatch } from '#theory';
import { readerOf } from './data-files.js';
import type {
  ExperimentWithFiles,
  LabPoint,
  PlainExperiment,
  PlainMotion,
  TheoryAnswer,
  TheoryRequest,
} from './messages.js';
import { loadEngine } from './engine-on-demand.js';
import { lossErrorOf } from './loss-error.js';
import { inWordsOfPage } from './words.js';

/** What messages call an experiment of the page, which has no file: nothing, only the path of a key. */
const NAME = '';

self.addEventListener('message', ({ data: request }: MessageEvent<TheoryRequest>) => {
  answer(request).then(post, (error: unknown) => {
    if (!(error instanceof Error)) throw error;
    // Of a file that is opened the message names the place; of all else the page has fields.
    const message = request.kind === 'file' ? error.message : inWordsOfPage(error.message);
    post({ kind: 'error', id: request.id, message });
  });
});

function post(message: TheoryAnswer): void {
  self.postMessage(message);
}

async function answer(request: TheoryRequest): Promise<TheoryAnswer> {
  const { id } = request;
  switch (request.kind) {
    case 'point':
      return {
        kind: 'point',
        id,
        point: await labPoint(
          request.given,
          (text) => {
            post({ kind: 'progress', id, text });
          },
          (point) => {
            post({ kind: 'first', id, point });
          },
        ),
      };
    case 'rates':
      return { kind: 'rates', id, rates: await ratesOf(request.experiments) };
    case 'file': {
      // With the reader of YAML, which experiments of the page do without.
      const { experimentOfFile } = await import('./user-file.js');
      return { kind: 'file', id, ...(await experimentOfFile(request.file, request.others, request.pointIndex)) };
    }
  }
}

/** Reads, predicts and plans the first point of an experiment. Throws InvalidInputError where it has no prediction. */
async function labPoint(
  { experiment, files }: ExperimentWithFiles,
  say: (text: string) => void,
  first: (point: LabPoint) => void,
): Promise<LabPoint> {
  const source = plainSource(NAME, experiment);
  const { name, points } = await resolveExperiment(source, readerOf(files));
  if (!isTwoLayer(points[0].model)) await loadEngine();
  try {
    const watch = watching(points[0], say, (prediction) => {
      const plan = planFromTheory(points[0], prediction);
      first(labPointOf(name, { point: points[0], prediction, next: null, plan }));
    });
    const [prepared] = prepare({ name, points: points.slice(0, 1) }, undefined, watch);
    return labPointOf(name, prepared);
  } catch (error) {
    throw error instanceof InvalidInputError ? source.locate(error) : error;
  }
}

function labPointOf(name: string, prepared: PreparedPoint): LabPoint {
  const { prediction, best } = prepared;
  const task = liveTask(prepared);
  const steps = Array.from(task.measurement.courseSamples, (sample) => sample * task.measurement.lag);
  const representations = prediction.probes.map(({ representation }) => representation);
  return {
    name,
    task,
    parameters: parametersOf(prepared.point),
    theory: theorySnapshot(prepared.point, prediction),
    probes: prediction.probes,
    singularValues: Array.from(prediction.singularValues),
    loss: prediction.loss,
    lossError: lossErrorOf(prepared.point.model, prediction),
    similarity: representations.map((left) => representations.map((right) => dot(left, right))),
    steps,
    courses: coursesOf(best ?? prediction, steps),
    turning: turningOf(best ?? prediction),
    relaxationTime: prediction.relaxationTime,
    motion: motionOf((best ?? prediction).drift, prediction.singularValues.length),
  };
}

/** Steps of an axis of so many half-lives, and how much further apart those beyond it are than the one before. */
const DENSE_STEPS = 40;
const HALF_LIVES = 2.5;
const GROWTH = 1.05;
const MORE_STEPS = 80;

function turningOf(prediction: Prediction | NextOrderPrediction): LabPoint['turning'] {
  const lives = prediction.probes.map(({ halfLife }) => halfLife ?? 0);
  const end = HALF_LIVES * Math.max(...lives);
  const dense = Array.from({ length: DENSE_STEPS + 1 }, (_, k) => (end * k) / DENSE_STEPS);
  const steps = [...dense, ...Array.from({ length: MORE_STEPS }, (_, k) => end * GROWTH ** (k + 1))];
  const { selfCorrelation, learningRateError } = coursesOf(prediction, end > 0 ? steps : []);
  return {
    steps: end > 0 ? steps : [],
    selfCorrelation,
    learningRateError: learningRateError.selfCorrelation,
  };
}

/** Modes of a motion that the page can show: the tensor of more planes than they have takes long to send. */
const MAX_RANK = 24;

function motionOf({ planes, diffusion, velocity }: Drift, rank: number): PlainMotion | null {
  if (planes.length === 0 || planes.length !== (rank * (rank - 1)) / 2 || rank > MAX_RANK) return null;
  return { planes, velocity, rank, covariance: diffusion.dense().data };
}

/** Predictions of less are not announced. */
const LONG_SECONDS = 2;

/** Says how long a prediction takes, and hands over a first answer, where there is one. */
function watching(point: Point, say: (text: string) => void, first: (prediction: Prediction) => void): PredictionWatch {
  const seconds = predictionSecondsOf(point);
  if (seconds < LONG_SECONDS) return {};
  const time = `The theory takes about ${formatNumber(seconds, 2)} seconds.`;
  say(time);
  return {
    first: (prediction, errors) => {
      first(prediction);
      say(
        `${time} ${errors ? bySamples(errors) : 'This is the answer; only the limit of stability is not known yet.'}`,
      );
    },
  };
}

function bySamples({ fluctuation, diffusion }: FirstErrors): string {
  const [ofF, ofD] = [fluctuation, diffusion].map((error) => `±${formatNumber(100 * error, 2)}%`);
  return `This is a first answer by samples: F ${ofF} and D ${ofD} at most (standard errors).`;
}

/** Predicts one experiment after the other; other requests are answered in between. */
async function ratesOf(experiments: readonly PlainExperiment[]): Promise<number[][]> {
  const rates: number[][] = [];
  for (const experiment of experiments) {
    rates.push(await angularRates(experiment));
    await new Promise((resolve) => setTimeout(resolve));
  }
  return rates;
}

/** D/|h|^2 of each probe, rad^2 per step; 0 where |h| = 0. Empty where the theory makes no prediction. */
async function angularRates(experiment: PlainExperiment): Promise<number[]> {
  try {
    const { points } = await resolveExperiment(plainSource(NAME, experiment), noFiles);
    if (!isTwoLayer(points[0].model)) await loadEngine();
    return predictionOf(points[0]).probes.map((probe) => quantities.relativeDiffusion.theory(probe) ?? 0);
  } catch (error) {
    if (error instanceof InvalidInputError) return [];
    throw error;
  }
}
