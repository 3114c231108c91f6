import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { useProvenance } from '../export/provenance.js';
import { count, format, formatEstimate, formatLike } from '../format.js';
import type { Lab } from '../lab/lab.js';
import type { LabState } from '../lab/state.js';
import { memo } from '../memo.js';
import type { LabPoint } from '../prediction/messages.js';
import { ProbeName } from '../stimulus/stimulus.js';
import { stepsPerSecond } from './pace.js';
import { StagePlayer } from './player.js';
import { Sphere } from './sphere.js';
import { Strips } from './strips.js';
import { SPARING_MS, useSparingly } from './use-sparingly.js';

const Charts = memo(Strips);

interface StageProps {
  readonly lab: Lab;
  readonly state: LabState;
  readonly player: StagePlayer;
}

const TITLE = 'The loss stays. The code turns.';

/** Milliseconds until the codes are drawn again, and what is written: the codes move with every frame. */
const OFTEN = { draw: 0, write: 100 };
/** The same where the networks learn as fast as they can: every frame takes from their time. */
const SPARING = { draw: 40, write: SPARING_MS };
/** The same of a stage that is scrolled out of sight while networks learn: time goes on, nothing is drawn. */
const UNSEEN = { draw: 200, write: Infinity };
/** Milliseconds before a picture is due from which on the next frame is taken. */
const EARLY = 12;

/** The message of the page in one picture: the loss stays while the codes turn. */
export function Stage({ lab, state, player }: StageProps): ComponentChildren {
  const draw = useRef<(pixelRatio?: number) => void>(() => undefined);
  const provenance = useProvenance();
  const heading = useRef<HTMLHeadingElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { point, snapshot, view } = state;
  const [written, setWritten] = useState(0);
  const seen = useRef(true);
  const latest = useRef(state);
  latest.current = state;
  useEffect(() => {
    player.feed(point, snapshot, stepsPerSecond(view.pace, point));
  }, [player, point, snapshot, view.pace]);
  useEffect(() => {
    let [writtenAt, due] = [0, 0];
    let isWritten = true;
    const observer = new IntersectionObserver((entries) => {
      seen.current = entries.at(-1)?.isIntersecting ?? true;
      if (!seen.current) return;
      draw.current();
      setWritten(performance.now());
    });
    if (body.current) observer.observe(body.current);
    let timer: ReturnType<typeof setTimeout> | undefined;
    let frame = requestAnimationFrame(function onFrame(now) {
      const { point, snapshot, view } = latest.current;
      const speed = stepsPerSecond(view.pace, point);
      const running = snapshot?.phase === 'running';
      const apart = !running ? OFTEN : !seen.current ? UNSEEN : speed === Infinity ? SPARING : OFTEN;
      due = Math.max(due, now - apart.draw) + apart.draw;
      const rest = due - now - EARLY;
      if (rest > 0) {
        timer = setTimeout(() => {
          frame = requestAnimationFrame(onFrame);
        }, rest);
      } else frame = requestAnimationFrame(onFrame);
      if (player.advance(now, running, speed)) {
        isWritten = false;
        if (seen.current) draw.current();
      }
      if (isWritten || now - writtenAt < apart.write) return;
      [isWritten, writtenAt] = [true, now];
      setWritten(now);
    });
    return () => {
      observer.disconnect();
      clearTimeout(timer);
      cancelAnimationFrame(frame);
    };
  }, [player]);
  const { snapshot: measured } = useSparingly(state, seen.current);
  const selectedProbe = Math.min(view.selectedProbe, (point?.probes.length ?? 1) - 1);
  return (
    <section
      class="stage"
      aria-labelledby="stage-title"
      data-clock={player.clock}
      data-mover={player.mover}
      data-correlations={player.correlations.map((value) => value.toFixed(3)).join(' ')}
    >
      <header>
        <h2 id="stage-title" ref={heading}>
          {TITLE}
        </h2>
        <button
          type="button"
          class="quiet"
          onClick={() => {
            if (!heading.current || !body.current) return;
            const capture = (pixelRatio: number): string => {
              draw.current(pixelRatio);
              const image = canvas.current?.toDataURL() ?? '';
              draw.current();
              return image;
            };
            const from = provenance();
            if (!from) return;
            const about = { ...from, title: TITLE, caption: keyOf(state, player) };
            const figure = { heading: heading.current, body: body.current, capture };
            // Loaded when the first picture is saved.
            void import('../export/figure.js').then(({ saveFigure }) =>
              saveFigure(figure, from.nameOf('stage'), 'png', about),
            );
          }}
        >
          Save picture
        </button>
      </header>
      <Readings state={state} clock={player.clock} selectedProbe={selectedProbe} />
      <div class="stage-body" ref={body}>
        <Sphere
          player={player}
          point={point}
          selectedProbe={selectedProbe}
          camera={view.camera}
          look={(camera) => {
            lab.look({ camera });
          }}
          draw={draw}
          canvas={canvas}
          waiting={waitingFor(state)}
        />
        {point ? (
          <Charts
            point={point}
            estimates={measured?.estimates ?? null}
            selectedProbe={selectedProbe}
            player={player}
            written={written}
          />
        ) : (
          <div class="strips" />
        )}
      </div>
      <p class="key">{keyOf(state, player)}</p>
    </section>
  );
}

interface ReadingsProps {
  readonly state: LabState;
  readonly clock: number;
  readonly selectedProbe: number;
}

/** The two numbers that the heading is about, in simulation and theory. */
function Readings({ state: { point, snapshot }, clock, selectedProbe }: ReadingsProps): ComponentChildren {
  if (!point) return <p class="readings-now">&nbsp;</p>;
  const { losses, courses } = snapshot?.estimates ?? {};
  const { task } = point.loss;
  const correlation = courses?.selfCorrelation.at(-1)?.at(selectedProbe) ?? null;
  const predicted = correlationAt(point, courses?.steps.at(-1) ?? clock, selectedProbe);
  return (
    <p class="readings-now" data-correlation={correlation?.value}>
      <span>
        Loss {losses ? `${formatEstimate(losses.task)}, ` : ''}in theory{' '}
        {losses ? formatLike(task, losses.task.se) : format(task)} (leading order)
      </span>
      <span>
        Self-correlation of <ProbeName probe={selectedProbe} />{' '}
        {correlation ? `${formatEstimate(correlation)} after ${format(courses?.steps.at(-1) ?? 0, 3)} steps, ` : ''}
        {predicted === null
          ? ''
          : `in theory ${correlation ? formatLike(predicted, correlation.se) : format(predicted, 2)}`}
      </span>
    </p>
  );
}

/** The predicted self-correlation of a code at a step; null where there is none. */
function correlationAt({ turning: { steps, selfCorrelation } }: LabPoint, step: number, probe: number): number | null {
  const after = steps.findIndex((known) => known >= step);
  if (after < 0) return null;
  const [from, to] = [Math.max(0, after - 1), after].map((index) => selfCorrelation[index][probe]);
  if (from === null || to === null) return null;
  const [start, end] = [steps[Math.max(0, after - 1)], steps[after]];
  return end > start ? from + ((to - from) * (step - start)) / (end - start) : to;
}

/** Why no codes are seen yet; null once they are. */
function waitingFor({ point, snapshot }: LabState): string | null {
  if (!point || !snapshot || snapshot.trail.length > 0) return null;
  const { phase, steps, burnIn } = snapshot;
  if (phase === 'failed') return null;
  const settling = 'The network first settles where learning keeps it (burn-in); then its codes appear here';
  return phase === 'running' ? `${settling}: ${Math.floor((100 * steps) / Math.max(1, burnIn))}%` : `${settling}.`;
}

/** Rules of which the mean update goes down a loss. */
const DESCENDING = ['twoLayerSgd', 'deepLinear'];

/** What is seen, in words. */
function keyOf({ point, snapshot }: LabState, player: StagePlayer): string {
  if (!point) return 'Each code is the activity of the hidden units that a stimulus evokes.';
  const modes = point.singularValues.length;
  const of = modes > 3 ? `Three of ${modes} directions of the hidden units` : 'The hidden units';
  const all = point.probes.length;
  const first = player.count < all ? `, the first ${player.count} of ${all} probes` : '';
  const { rule = 'twoLayerSgd' } = point.task.model;
  const where = DESCENDING.includes(rule) ? 'of minimum loss' : 'where the mean update is zero';
  const sphere = `${of} of one network: each stimulus has its code${first}, which keeps to a sphere ${where}. Ring: start of the selected code; dots: fluctuation.`;
  if (player.mover === 'process') {
    const reached = snapshot ? count(Math.max(0, snapshot.steps - snapshot.burnIn)) : '0';
    return `${sphere} Open symbols and dotted trails: beyond the ${reached} steps that the network has made, the effective process that theory predicts for it.`;
  }
  return sphere;
}
