import { loadKernel } from '#kernel/web';
import { kernelTurns } from './turns.js';

const turns = kernelTurns(await loadKernel());
Object.assign(window, { turn: (size: number) => turns[size]() });
