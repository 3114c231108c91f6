import { theoryReport } from '#experiment';
import { loadExperiment, locating } from './load.js';
import { theoryTable } from './tables.js';

export async function theoryCommand(file: string, { json }: { json?: boolean }): Promise<void> {
  const loaded = await loadExperiment(file);
  const report = await locating(loaded, () => theoryReport(loaded.experiment));
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : theoryTable(report));
}
