// Makes estimates of what the replicas have seen, so that the page only has to draw them.
import { estimate, type Measurement, type ReplicaSummary } from '#measure';
import { ESTIMATE_SHARE, type EstimateCommand, type EstimateEvent, type Seen } from './messages.js';

/** Fewest samples that say something. */
const MIN_SAMPLES = 4;

self.addEventListener('message', ({ data: { measurement, ports } }: MessageEvent<EstimateCommand>) => {
  const latest = ports.map((): Seen => ({ samples: 0, summaries: [], waits: false }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  let rested = -Infinity;
  ports.forEach((port, k) => {
    port.onmessage = ({ data }: MessageEvent<Seen>) => {
      latest[k] = data;
      if (latest.some(({ samples }) => samples < MIN_SAMPLES)) return;
      clearTimeout(timer);
      // Even at once, what others have sent meanwhile is heard first.
      timer = setTimeout(
        () => {
          const began = performance.now();
          tell(measurement, latest);
          const ended = performance.now();
          rested = ended + ESTIMATE_SHARE * (ended - began);
        },
        data.waits ? 0 : Math.max(0, rested - performance.now()),
      );
    };
  });
});

function tell(measurement: Measurement, latest: readonly Seen[]): void {
  const summaries: ReplicaSummary[] = latest.flatMap((seen) => seen.summaries);
  const samples = latest.map((seen) => seen.samples);
  const report: EstimateEvent = { samples, estimates: estimate(measurement, summaries) };
  self.postMessage(report);
}
