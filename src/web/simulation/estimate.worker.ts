// Makes estimates from the summaries of all replicas, so that the page only has to draw them.
import { estimate } from '#measure';
import {
  ESTIMATE_SHARE,
  MIN_SAMPLES,
  type EstimateCommand,
  type EstimateEvent,
  type SummariesEvent,
} from './messages.js';

self.addEventListener('message', ({ data: { measurement, ports } }: MessageEvent<EstimateCommand>) => {
  const latest = ports.map((): SummariesEvent => ({ samples: 0, summaries: [], waiting: false }));
  const postEstimates = (): void => {
    const samples = latest.map((event) => event.samples);
    const summaries = latest.flatMap((event) => event.summaries);
    self.postMessage({ samples, estimates: estimate(measurement, summaries) } satisfies EstimateEvent);
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let restedAt = -Infinity;
  ports.forEach((port, k) => {
    port.onmessage = ({ data: event }: MessageEvent<SummariesEvent>) => {
      latest[k] = event;
      if (latest.some(({ samples }) => samples < MIN_SAMPLES)) return;
      clearTimeout(timer);
      // A timer even without delay: messages that have arrived meanwhile are handled first.
      timer = setTimeout(
        () => {
          const startedAt = performance.now();
          postEstimates();
          const endedAt = performance.now();
          restedAt = endedAt + ESTIMATE_SHARE * (endedAt - startedAt);
        },
        event.waiting ? 0 : Math.max(0, restedAt - performance.now()),
      );
    };
  });
});
