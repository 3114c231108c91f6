import type { ComponentChildren } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { LabPoint } from '../prediction/messages.js';
import { picturesOf, type Raster } from './picture.js';
import { namesOf, shortened, StimuliContext, type Stimuli } from './stimuli.js';

/** Gives the views inside the names and pictures of the probes of a point: images where its inputs are those of the digits. */
export function StimuliProvider({
  point,
  areDigits,
  children,
}: {
  readonly point: LabPoint | null;
  readonly areDigits: boolean;
  readonly children: ComponentChildren;
}): ComponentChildren {
  const value = useStimuliOf(point, areDigits);
  return <StimuliContext.Provider value={value}>{children}</StimuliContext.Provider>;
}

/** The names and pictures of the probes of a point; those of digits come once their raster is loaded. */
function useStimuliOf(point: LabPoint | null, areDigits: boolean): Stimuli {
  const raster = useDigitRaster(areDigits);
  return useMemo(
    () => ({
      names: namesOf(point?.theory.probes ?? []),
      ...shortened(namesOf(point?.theory.probes ?? [])),
      pictures:
        raster === 'loading' || !point
          ? null
          : picturesOf(
              point.probes.map(({ stimulus }) => stimulus),
              raster,
            ),
    }),
    [point, raster],
  );
}

function useDigitRaster(areDigits: boolean): Raster | 'loading' | null {
  const [raster, setRaster] = useState<Raster | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (!areDigits || raster) return;
    import('./digit-raster.js')
      .then(async ({ loadDigitRaster }) => {
        setRaster(await loadDigitRaster());
      })
      // Pictures are an addition: without them bars remain.
      .catch(() => {
        setFailed(true);
      });
  }, [areDigits, raster]);
  if (!areDigits || failed) return null;
  return raster ?? 'loading';
}
