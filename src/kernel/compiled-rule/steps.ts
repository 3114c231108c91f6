import { analysisOf, operationCount } from './program/analysis.js';
import { countDownFromAny } from './code.js';
import { parameters, type Context } from './context.js';
import { addLoops } from './loops/loops.js';
import type { Section } from './program/section.js';
import type { StepProgram } from './program/step-program.js';
import { addUnrolled } from './unrolled.js';

/** Multiplications up to which a step is written out entry by entry. */
const UNROLLED = 400;

const isUnrolled = (section: Section): boolean => operationCount(section) <= UNROLLED;

/** Adds the steps of a program to a function. Small ones are written out, large ones made of loops. */
export function addSteps(context: Context, program: StepProgram, inputs: number): void {
  const { code, vector } = context;
  const { sample, update, batch, sumsSize, sampleDeviations, updateDeviations, isPresented } = program;
  const next = (normals: number): void => {
    if (normals > 0) code.advance(parameters.drawn, normals * vector);
  };
  const add = (section: Section): void => {
    if (isUnrolled(section)) addUnrolled(context, section);
    else addLoops(context, section);
  };
  const addSample = (): void => {
    add(sample);
    next(sampleDeviations.length);
    if (isPresented) code.advance(parameters.input, inputs * vector);
  };
  code.countDown(parameters.steps, () => {
    if (update) {
      // To -0 any number adds as it is.
      context.fill(context.sums, sumsSize, -0);
      code.repeat(batch, addSample);
      add(update);
    } else addSample();
    next(updateDeviations.length);
  });
  addMirrors(context, update ?? sample);
}

/** Sets what is above the diagonal of symmetric arrays of a state of which loops kept the other half alone. */
function addMirrors(context: Context, section: Section): void {
  if (isUnrolled(section)) return;
  const { code, vector } = context;
  const { structure, isHalved } = analysisOf(section);
  for (const { array, region, first } of section.inputs) {
    if (region !== 'state' || structure(array) !== 'symmetric' || !isHalved(array)) continue;
    const { rows } = array;
    const [diagonal, after, left, below, right] = Array.from({ length: 5 }, () => code.integer());
    const copy = (from: number, to: number): void => {
      code.get(from);
      code.set(to);
    };
    copy(parameters.state, diagonal);
    code.i32(rows - 1);
    code.set(after);
    code.repeat(rows, () => {
      for (const pointer of [below, right]) copy(diagonal, pointer);
      copy(after, left);
      countDownFromAny(code, left, () => {
        code.advance(below, rows * vector);
        code.advance(right, vector);
        code.get(right);
        code.get(below);
        code.memory('v128.load', first * vector);
        code.memory('v128.store', first * vector);
      });
      code.advance(diagonal, (rows + 1) * vector);
      code.advance(after, -1);
    });
  }
}
