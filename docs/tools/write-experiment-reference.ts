// Writes the generated parts of the reference of the experiment file: npm run docs:reference
import { writeFile } from 'node:fs/promises';
import { current, generated } from './experiment-reference.js';

for (const path of generated) await writeFile(new URL(`../../${path}`, import.meta.url), await current(path));
