import { hasNextOrder, predictedPoints, theoryReport, type Order } from '#experiment';
import { lineWidth, type Io } from '../io.js';
import { loadExperiment, printWarnings, withLocation } from '../load.js';
import { theoryTable } from '../tables/theory.js';
import { watchTheory } from './watch.js';

interface TheoryInput {
  readonly file: string;
  readonly set?: readonly string[];
  readonly json?: boolean;
  readonly times?: readonly number[];
  readonly order?: Order;
  readonly sources?: boolean;
}

/** `meander theory`: predicts, without simulation. */
export async function theoryCommand({ file, set, json, times, order, sources }: TheoryInput, io: Io): Promise<void> {
  const loaded = await loadExperiment(file, set);
  printWarnings(loaded, io);
  const { name } = loaded.experiment;
  const points = predictedPoints(loaded.experiment.points);
  const report = await withLocation(loaded, () =>
    theoryReport(loaded.experiment, { times, order, sources, ...watchTheory({ name, points }, io) }),
  );
  const hasNext = report.points.map(({ singularValues }, k) => hasNextOrder(points[k], singularValues.length));
  io.stdout.write(
    json ? `${JSON.stringify(report)}\n` : theoryTable(report, times !== undefined, lineWidth(io.stdout), hasNext),
  );
}
