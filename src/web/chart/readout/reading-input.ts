// How a place of a chart is chosen: by the pointer, or by keys.
import { hovered, setHover } from './hover.js';
import type { ChartLayout } from '../layout.js';
import { nearestIndex, readingsAt, stopsOf, type Reading } from './readings.js';
import type { ChartData } from '../scales.js';

interface ReadChart {
  readonly layout: ChartLayout;
  readonly data: ChartData;
}

/** How far beside the plot the pointer may be, px. */
const SLACK = 24;

/** Reads a chart at the pointer, which moved there before this was loaded, and by keys, until the function that it returns is called. */
export function listenTo(holder: HTMLElement, pointer: PointerEvent | null, shown: () => ReadChart): () => void {
  const isSource = (): boolean => hovered()?.source === holder;
  const show = (at: number, choose: (readings: readonly Reading[]) => Reading | undefined): void => {
    const { data } = shown();
    const reading = choose(readingsAt(data, at));
    setHover({ source: holder, series: reading?.series ?? null, probe: reading?.probe ?? null, kind: data.x.kind, at });
  };
  const leave = (): void => {
    if (isSource()) setHover(null);
  };
  const point = ({ clientX, clientY }: PointerEvent): void => {
    const { layout, data } = shown();
    const { frame, xDomain, toX, toY, width } = layout;
    const box = holder.getBoundingClientRect();
    // On paper and where it has no room, a chart is smaller than its layout.
    const scale = width / box.width;
    const [x, y] = [(clientX - box.left) * scale, (clientY - box.top) * scale];
    const stops = stopsOf(data, xDomain);
    const isNear =
      x > frame.left - SLACK && x < frame.right + SLACK && y > frame.top - SLACK && y < frame.bottom + SLACK;
    if (!isNear || stops.length === 0) {
      leave();
      return;
    }
    const away = ({ theory, simulation }: Reading): number =>
      Math.min(...[theory, simulation?.value ?? null].map((v) => (v === null ? Infinity : Math.abs(toY(v) - y))));
    show(stops[nearestIndex(stops.map(toX), x)], (readings) => readings[nearestIndex(readings.map(away), 0)]);
  };
  const press = (event: KeyboardEvent): void => {
    const { key, ctrlKey, metaKey, altKey } = event;
    if (ctrlKey || metaKey || altKey) return;
    if (key === 'Escape') {
      if (!isSource()) return;
      setHover(null);
    } else {
      const { layout, data } = shown();
      const stops = stopsOf(data, layout.xDomain);
      const here = isSource() ? hovered() : null;
      const index = here ? nearestIndex(stops, here.at) : -1;
      const next = moved(key, index, stops.length);
      const turn = key === 'ArrowDown' ? 1 : key === 'ArrowUp' ? -1 : 0;
      if (stops.length === 0 || (next === null && turn === 0)) return;
      show(stops[next ?? Math.max(0, index)], (readings) => {
        const present = Math.max(
          0,
          readings.findIndex(({ series }) => series === here?.series),
        );
        return readings.at((present + turn) % readings.length);
      });
    }
    event.preventDefault();
    event.stopPropagation();
  };
  const focus = (): void => {
    // A click points already.
    if (isSource() || !holder.matches(':focus-visible')) return;
    const { layout, data } = shown();
    const stops = stopsOf(data, layout.xDomain);
    if (stops.length > 0) show(stops[0], ([first]) => first);
  };
  const listeners = {
    pointermove: point,
    pointerdown: point,
    pointerleave: leave,
    keydown: press,
    focus,
    blur: leave,
  } as const;
  for (const [name, listener] of Object.entries(listeners)) holder.addEventListener(name, listener as EventListener);
  // Both may have come before this was loaded.
  if (pointer && holder.matches(':hover')) point(pointer);
  if (document.activeElement === holder) focus();
  return () => {
    leave();
    for (const [name, listener] of Object.entries(listeners))
      holder.removeEventListener(name, listener as EventListener);
  };
}

/** The place that a key leads to; null for one that leads nowhere. Before the first key there is none, -1. */
function moved(key: string, index: number, length: number): number | null {
  if (key === 'ArrowRight') return Math.min(length - 1, index + 1);
  if (key === 'ArrowLeft') return Math.max(0, index - 1);
  if (key === 'Home') return 0;
  return key === 'End' ? length - 1 : null;
}
