import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { onHover } from './hover.js';
import type { ReadoutProps } from './readout.js';

type Readout = ComponentType<ReadoutProps>;

/** The readout of charts, which is loaded when the first chart is pointed at or has the focus, and a function that loads it. */
export function useReadout(): [readout: Readout | null, wake: () => void] {
  const [readout, setReadout] = useState<Readout | null>(null);
  const wake = (): void => {
    if (readout) return;
    void import('./readout.js').then(({ Readout }) => {
      setReadout(() => Readout);
    });
  };
  useEffect(() => (readout ? undefined : onHover(wake)), [readout]);
  return [readout, wake];
}
