import { describe, expect, it } from 'vitest';
import { analysisReport } from '../../test/support/analysis-report.js';
import { document } from '../../test/support/figures.js';
import { drawFigure, pageWidths } from '#figure';
import { reportFigures } from './figures.js';
import { formatInterval } from './measured.js';
import { methodsText } from './methods.js';
import { analysisPage } from './page.js';
import { bibliography, citation } from './references.js';
import { analysisTables } from './tables/tables.js';

const one = analysisReport('mouse 1');
const three = analysisReport('mouse 1', 'Mouse-1', 'mouse 3');
const origin = { version: '1.2.3', commit: 'abc', zeroIsMissing: false };

describe('the figures of an analysis', () => {
  it('are six of one animal, and of several those of all together first, each with a name of its own', () => {
    expect(reportFigures(one).map(({ name }) => name)).toEqual([
      ...['displacement', 'codes', 'stimuli', 'sessions', 'increments', 'tracked'],
    ]);
    const names = reportFigures(three).map(({ name }) => name);
    expect(names).toHaveLength(2 + 3 * 6);
    expect(names.slice(0, 3)).toEqual(['together-displacement', 'together-stimuli', 'mouse-1-displacement']);
    expect(new Set(names).size).toBe(names.length);
  });

  it('leave out what has nothing to draw', () => {
    const [animal] = one.animals;
    const increments = { ...animal.increments, expected: [], observed: [] };
    const names = reportFigures({ ...one, animals: [{ ...animal, increments }] }).map(({ name }) => name);
    expect(names).not.toContain('increments');
    expect(names).toHaveLength(5);
  });
});

describe('the tables of an analysis', () => {
  const rowsOf = (name: string, of = one) => analysisTables.find((table) => table.name === name)?.rows(of) ?? [];

  it('have the same columns in every row, those of their list', () => {
    for (const { columns, rows } of analysisTables) {
      const names = columns.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      expect(rows(one).length).toBeGreaterThan(0);
      for (const row of rows(one)) expect(Object.keys(row)).toEqual(names);
    }
  });

  it('have value, error and interval of what is measured', () => {
    expect(rowsOf('stimuli')[0]).toMatchObject({
      animal: 'mouse 1',
      stimulus: 'left',
      diffusion: 0.58,
      diffusionStandardError: 0.13,
      diffusionLower95: 0.58 - 2 * 0.13,
      diffusionUpper95: 0.84,
    });
    expect(rowsOf('stimuli')[2]).toMatchObject({ halfLife: null, halfLifeUpper95: null });
    expect(rowsOf('pairs')[0]).toMatchObject({
      firstSession: 1,
      secondSession: 2,
      firstTime: 0,
      secondTime: 2,
      gap: 2,
    });
  });

  it('have a row for each number behind a control, and one for a control without any', () => {
    expect(
      rowsOf('controls').map(({ control, verdict, quantity, value }) => [control, verdict, quantity, value]),
    ).toEqual([
      ['halves', 'passed', 'diffusion', 0.01],
      ['halves', 'passed', 'fluctuation', -0.02],
      ['kurtosis', 'failed', 'kurtosis', 2.1],
      ['sessionOrder', 'none', null, null],
    ]);
  });

  it('have the rows of all animals together only where there are several', () => {
    expect(rowsOf('population').map(({ animal }) => animal)).toEqual(['mouse 1']);
    expect(rowsOf('population', three).map(({ animal }) => animal)).toEqual(['mouse 1', 'Mouse-1', 'mouse 3', null]);
  });
});

describe('the methods paragraph', () => {
  const text = methodsText(one, origin);

  it('says what was recorded, with which numbers, errors and intervals', () => {
    for (const part of [
      '90 neurons, 3 stimuli, 5 sessions over 9 days (2 to 3 days from one to the next), 10 trials of each stimulus in a session',
      'Zeros counted as activity. 3.2% of the responses',
      '2F = 4.40 ± 0.80 (95% interval 2.80 to 6.00) activity²',
      'D = 0.58 ± 0.13 (95% interval 0.32 to 0.84) activity² per day',
      'jackknife over its neurons, with 95% intervals of',
      'population-vector correlation (Deitch et al., 2021)',
    ])
      expect(text).toContain(part);
  });

  it('says which model stands beside the measurement, what it predicts, and that nothing was fitted', () => {
    const stimuli = one.stimuli.map(({ label }, k) => ({
      label,
      relativeFluctuation: k === 0 ? null : 0.2,
      relativeDiffusion: 0.01 * (k + 1),
    }));
    const model = { file: 'net.yaml', stepsPerUnit: 5000, stimuli, gaps: [], turning: [] };
    expect(text).not.toContain('prediction of the model');
    expect(methodsText({ ...one, model }, origin)).toContain(
      'the prediction of the model in net.yaml, with 5000 steps of learning in one day, of which nothing was fitted to the ' +
        'recording. Means over stimuli: F/‖h‖² predicted 0.2, measured 0.183 ± 0.033; D/‖h‖² predicted 0.02, measured 0.048 ± 0.011 rad² per day.',
    );
  });

  it('names the controls that passed, failed and were not possible, and concludes less where one failed', () => {
    expect(text).toContain('passed: halves; failed: kurtosis; without a verdict: sessionOrder.');
    expect(text).toContain('0 for a Gaussian walk.');
    expect(text).toContain('not shown to be a stationary random walk');
    const passed = { ...one, warnings: [] };
    expect(methodsText(passed, origin)).toContain('do not tell which mechanism moved them');
    expect(methodsText(passed, origin)).not.toContain('random walk.');
  });

  it('says of zeros and of several animals what was declared', () => {
    expect(methodsText(three, { ...origin, zeroIsMissing: true })).toContain(
      'Cells that were 0 throughout a session were declared to be missing there.',
    );
    expect(methodsText(three, origin)).toContain("from the scatter of 3 animals, with 95% intervals of Student's t");
  });
});

describe('an interval', () => {
  it('has the digits of the estimate, no sign at 0, and ∞ where it has no end', () => {
    expect(formatInterval({ value: 2.3, se: 1.3, interval95: [-0.01, 5.14] })).toBe('0.0 to 5.1');
    expect(formatInterval({ value: 64, se: 33, interval95: [-33.4, Infinity] }, 'typeset')).toBe('−33 to ∞');
    expect(formatInterval({ value: null, se: null, interval95: null })).toBe('–');
  });
});

describe('the references', () => {
  it('are those of what was used, once each', () => {
    const keys = [...bibliography(three).matchAll(/^@\w+\{(\w+),$/gm)].map(([, key]) => key);
    expect(keys).toEqual([
      ...['pashakhanloo2023', 'kornblith2019', 'murphy2024', 'deitch2021', 'hall1992', 'efron1981', 'fieller1954'],
    ]);
  });

  it('throw RangeError for a key that there is not', () => {
    expect(() => citation('nobody2020')).toThrow('there is no reference nobody2020, expected one of pashakhanloo2023');
  });
});

describe('the page of an analysis', () => {
  const pageOf = (report: typeof one): string => {
    const figures = reportFigures(report);
    const drawings = new Map(
      figures.map(({ name, table, title }) => [
        name,
        {
          wide: drawFigure(table, document, { width: pageWidths.wide, title }),
          narrow: drawFigure(table, document, { width: pageWidths.narrow, title }),
        },
      ]),
    );
    return analysisPage({ report, origin, figures, drawings, inputs: ['mouse.npy: 5 sessions'] });
  };
  const page = pageOf(one);

  it('loads nothing: no scripts, and links to files beside it alone', () => {
    expect(page).not.toMatch(/<script|<link|src=|@import|url\(|https?:\/\/(?!www\.w3\.org\/2000\/svg)/);
    const links = [...page.matchAll(/href="([^"]*)"/g)].map(([, link]) => link);
    expect(
      links.filter(
        (link) =>
          !/^(figures\/[\w-]+\.(svg|png|pdf)|tables\/\w+\.csv|report\.json|methods\.txt|references\.bib)$/.test(link),
      ),
    ).toEqual([]);
    expect(links).toHaveLength(6 * 3 + analysisTables.length + 3);
  });

  it('has verdicts, warnings, figures, numbers and methods, with escaped texts', () => {
    for (const part of [
      '1 of 2 controls pass: not a stationary random walk',
      '<strong>lostCells</strong>: 3.2% of the responses are missing',
      'right &lt;&amp;&gt; &quot;up&quot;',
      '0.58 ± 0.13',
      'Representational drift was analysed with Meander 1.2.3 (commit abc)',
      '@article{deitch2021',
    ])
      expect(page).toContain(part);
    expect(page.match(/<figure>/g)).toHaveLength(6);
  });

  it('of several animals has a section of all together, and one of each', () => {
    const several = pageOf(three);
    expect(several).toContain('<h2>All 3 animals together</h2>');
    expect(several.match(/<section id="animal-\d">/g)).toHaveLength(3);
  });

  it('claims no mechanism', () => {
    expect(`${page}${methodsText(one, origin)}`).not.toMatch(/brain (does|performs|uses)|performs? SGD|does SGD/i);
  });
});
