// Writes recording.npy, a synthetic recording of known drift for docs/recordings.md: npm run recording
import { syntheticRecording } from '#analyse';
import { npyBytes } from '#core';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** Its bytes: float32, cell x trial x stimulus x day. */
export function exampleRecording(): Uint8Array {
  const { values, sessions, trials, stimuli, neurons } = syntheticRecording({
    seed: 18,
    neurons: 60,
    stimuli: 5,
    trials: 6,
    times: [0, 1, 3, 4, 6, 8, 11, 14],
    strength: 10,
    diffusion: 0.4,
    fluctuation: 1.5,
    directedSpeed: 0,
    noise: 20,
    missing: 0.1,
  });
  const turned = new Float32Array(values.length);
  let place = 0;
  for (let neuron = 0; neuron < neurons; neuron++)
    for (let trial = 0; trial < trials; trial++)
      for (let stimulus = 0; stimulus < stimuli; stimulus++)
        for (let session = 0; session < sessions; session++)
          turned[place++] = values[((session * trials + trial) * stimuli + stimulus) * neurons + neuron];
  return npyBytes('<f4', [neurons, trials, stimuli, sessions], turned);
}

const self = fileURLToPath(import.meta.url);
if (process.argv[1] === self) await writeFile(self.replace('make-recording.ts', 'recording.npy'), exampleRecording());
