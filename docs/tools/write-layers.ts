// Draws the layers of the source for ARCHITECTURE.md: npm run graph
import { writeFile } from 'node:fs/promises';
import { importsOfLayers } from './layer-imports.js';
import { draw, picture } from './layers.js';

await writeFile(new URL(`../../${picture}`, import.meta.url), await draw(await importsOfLayers()));
