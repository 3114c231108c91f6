import type { AnalysisReport } from '#analyse';

/** A publication, by the key under which text and tables name it. */
interface Reference {
  /** As a sentence names it. */
  readonly cited: string;
  readonly bibtex: string;
}

const entry = (cited: string, type: string, key: string, fields: Readonly<Record<string, string>>): Reference => {
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${value}},`);
  return { cited, bibtex: `@${type}{${key},\n${lines.join('\n')}\n}\n` };
};

/** Everything that an analysis may cite. */
const references: Readonly<Record<string, Reference>> = {
  pashakhanloo2023: entry('Pashakhanloo & Koulakov, 2023', 'inproceedings', 'pashakhanloo2023', {
    author: 'Pashakhanloo, Farhad and Koulakov, Alexei',
    title: 'Stochastic Gradient Descent-Induced Drift of Representation in a Two-Layer Neural Network',
    booktitle: 'Proceedings of the 40th International Conference on Machine Learning',
    series: 'Proceedings of Machine Learning Research',
    volume: '202',
    pages: '27401--27419',
    year: '2023',
  }),
  kornblith2019: entry('Kornblith et al., 2019', 'inproceedings', 'kornblith2019', {
    author: 'Kornblith, Simon and Norouzi, Mohammad and Lee, Honglak and Hinton, Geoffrey',
    title: 'Similarity of Neural Network Representations Revisited',
    booktitle: 'Proceedings of the 36th International Conference on Machine Learning',
    series: 'Proceedings of Machine Learning Research',
    volume: '97',
    pages: '3519--3529',
    year: '2019',
  }),
  murphy2024: entry('Murphy et al., 2024', 'misc', 'murphy2024', {
    author: 'Murphy, Alex and Zylberberg, Joel and Fyshe, Alona',
    title: 'Correcting Biased Centered Kernel Alignment Measures in Biological and Artificial Neural Networks',
    note: 'Workshop on Representational Alignment, ICLR',
    eprint: '2405.01012',
    archiveprefix: 'arXiv',
    year: '2024',
  }),
  hall1992: entry('Hall, 1992', 'article', 'hall1992', {
    author: 'Hall, Peter',
    title: 'On the removal of skewness by transformation',
    journal: 'Journal of the Royal Statistical Society, Series B',
    volume: '54',
    pages: '221--228',
    year: '1992',
  }),
  efron1981: entry('Efron & Stein, 1981', 'article', 'efron1981', {
    author: 'Efron, Bradley and Stein, Charles',
    title: 'The jackknife estimate of variance',
    journal: 'The Annals of Statistics',
    volume: '9',
    pages: '586--596',
    year: '1981',
  }),
  fieller1954: entry('Fieller, 1954', 'article', 'fieller1954', {
    author: 'Fieller, Edgar C.',
    title: 'Some problems in interval estimation',
    journal: 'Journal of the Royal Statistical Society, Series B',
    volume: '16',
    pages: '175--185',
    year: '1954',
  }),
  ziv2013: entry('Ziv et al., 2013', 'article', 'ziv2013', {
    author:
      'Ziv, Yaniv and Burns, Laurie D. and Cocker, Eric D. and Hamel, Elizabeth O. and Ghosh, Kunal K. and Kitch, Lacey J. and El Gamal, Abbas and Schnitzer, Mark J.',
    title: 'Long-term dynamics of {CA1} hippocampal place codes',
    journal: 'Nature Neuroscience',
    volume: '16',
    pages: '264--266',
    year: '2013',
    doi: '10.1038/nn.3329',
  }),
  deitch2021: entry('Deitch et al., 2021', 'article', 'deitch2021', {
    author: 'Deitch, Daniel and Rubin, Alon and Ziv, Yaniv',
    title: 'Representational drift in the mouse visual cortex',
    journal: 'Current Biology',
    volume: '31',
    number: '19',
    pages: '4327--4339',
    year: '2021',
    doi: '10.1016/j.cub.2021.07.062',
  }),
  marks2021: entry('Marks & Goard, 2021', 'article', 'marks2021', {
    author: 'Marks, Tyler D. and Goard, Michael J.',
    title: 'Stimulus-dependent representational drift in primary visual cortex',
    journal: 'Nature Communications',
    volume: '12',
    pages: '5169',
    year: '2021',
    doi: '10.1038/s41467-021-25436-3',
  }),
  schoonover2021: entry('Schoonover et al., 2021', 'article', 'schoonover2021', {
    author: 'Schoonover, Carl E. and Ohashi, Sarah N. and Axel, Richard and Fink, Andrew J. P.',
    title: 'Representational drift in primary olfactory cortex',
    journal: 'Nature',
    volume: '594',
    pages: '541--546',
    year: '2021',
    doi: '10.1038/s41586-021-03628-7',
  }),
  rule2020: entry('Rule et al., 2020', 'article', 'rule2020', {
    author:
      "Rule, Michael E. and Loback, Adrianna R. and Raman, Dhruva V. and Driscoll, Laura N. and Harvey, Christopher D. and O'Leary, Timothy",
    title: 'Stable task information from an unstable neural population',
    journal: 'eLife',
    volume: '9',
    pages: 'e51121',
    year: '2020',
    doi: '10.7554/eLife.51121',
  }),
};

/** How a sentence cites publications: `(Kornblith et al., 2019; Murphy et al., 2024)`. Throws RangeError for an unknown key. */
export const citation = (...keys: readonly string[]): string =>
  `(${keys.map((key) => referenceOf(key).cited).join('; ')})`;

function referenceOf(key: string): Reference {
  const found = references[key] as Reference | undefined;
  if (!found)
    throw new RangeError(`there is no reference ${key}, expected one of ${Object.keys(references).join(', ')}`);
  return found;
}

/** The keys of what an analysis used, in the order of its methods. */
export function citedKeys({ animals }: AnalysisReport): string[] {
  const similar = animals.some(({ gaps }) => gaps.some(({ similarity }) => similarity.value !== null));
  const familiar = animals.flatMap(({ familiar: measures }) =>
    measures.filter(({ points }) => points.some(({ value }) => value !== null)).map(({ reference }) => reference),
  );
  const shared = animals.some(({ similarityShare }) => similarityShare.interval95 !== null);
  return [
    ...new Set([
      'pashakhanloo2023',
      ...(similar ? ['kornblith2019', 'murphy2024'] : []),
      ...familiar,
      'hall1992',
      'efron1981',
      ...(shared ? ['fieller1954'] : []),
    ]),
  ];
}

/** BibTeX of what an analysis used. */
export const bibliography = (report: AnalysisReport): string =>
  citedKeys(report)
    .map((key) => referenceOf(key).bibtex)
    .join('\n');
