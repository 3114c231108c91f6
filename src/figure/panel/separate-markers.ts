import type { PanelLayout } from './layout.js';
import type { Domains, Panel } from './panel.js';
import { placing } from './placing.js';
import { DOT_RADIUS } from './series-style.js';

/** Distance of the markers of two series, px, at most of the way to the next value. */
const STEP = 2 * DOT_RADIUS + 1;
const MAX_SHARE = 0.8;
/** Nearer than that, px, one marker hides most of another. */
const HIDDEN = 1.2 * DOT_RADIUS;

/**
 * A panel whose markers do not hide each other: where some would, the points of each value stand side by side. Panels with
 * lines stay as they are, because points belong on their lines. Returns the same panel if nothing is hidden.
 */
export function separateMarkers(panel: Panel, domains: Domains, layout: PanelLayout): Panel {
  const { simulation, theory } = panel;
  if (theory.length > 0 || simulation.length < 2) return panel;
  const x = placing(panel.x.scale, domains.x, layout.width - layout.left - layout.right);
  const y = placing(panel.y.scale, domains.y, layout.height - layout.top - layout.bottom);
  const places = simulation.map(({ points }) => points.map((point) => ({ x: x.place(point.x), y: y.place(point.y) })));
  const isHidden = places.some((points, k) =>
    points.some((a) =>
      places
        .slice(k + 1)
        .some((others) => others.some((b) => Math.max(Math.abs(a.x - b.x), Math.abs(a.y - b.y)) < HIDDEN)),
    ),
  );
  if (!isHidden) return panel;
  const values = [...new Set(places.flat().map((place) => place.x))].sort((a, b) => a - b);
  const gap = Math.min(
    ...values
      .slice(1)
      .map((value, k) => value - values[k])
      .filter((distance) => distance > 0.5),
  );
  const step = Math.min(STEP, (MAX_SHARE * gap) / simulation.length);
  const moved = simulation.map(({ series, points }, k) => ({
    series,
    points: points.map((point) => ({
      ...point,
      x: x.valueAt(x.place(point.x) + (k - (simulation.length - 1) / 2) * step),
    })),
  }));
  return { ...panel, simulation: moved };
}
