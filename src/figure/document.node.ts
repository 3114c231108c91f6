import { parseHTML } from 'linkedom';
import type { FigureDocument } from './drawing/options.js';

/** A document to draw figures into where there is no page. */
export const figureDocument = (): FigureDocument =>
  (parseHTML('<!doctype html><html><body></body></html>') as { document: FigureDocument }).document;
