/** Pages of the docs under one heading of the navigation. */
interface Section {
  readonly text: string;
  readonly items: readonly { readonly text: string; readonly link: string }[];
}

/** All pages, grouped by what the reader wants; a page that is missing here fails the build. */
export const sections: readonly Section[] = [
  {
    text: 'First steps',
    items: [
      { text: 'Getting started', link: '/getting-started' },
      { text: 'Examples', link: '/examples' },
      { text: 'Your own learning rule', link: '/your-own-rule' },
      { text: 'Your own recordings', link: '/recordings' },
      { text: 'Protocols', link: '/protocols' },
      { text: 'The lab in the browser', link: '/lab' },
      { text: 'Glossary', link: '/glossary' },
    ],
  },
  {
    text: 'Science',
    items: [
      { text: 'The theory, step by step', link: '/theory' },
      { text: 'The theory of any learning rule', link: '/rules' },
      { text: 'Networks without a theory', link: '/measured-only' },
      { text: 'How drift is measured', link: '/measuring-drift' },
      { text: 'Long times', link: '/effective-process' },
      { text: 'Finite learning rate', link: '/finite-learning-rate' },
      { text: 'Next order of the learning rate', link: '/next-order' },
      { text: 'Where frequent means slower', link: '/claims-map' },
      { text: 'The paper, reproduced', link: '/reproduced' },
      { text: 'Scope', link: '/scope' },
    ],
  },
  {
    text: 'At scale',
    items: [
      { text: 'Sweeps', link: '/sweeps' },
      { text: 'How large a sweep may be', link: '/scale' },
    ],
  },
  {
    text: 'Reference',
    items: [
      { text: 'Commands', link: '/commands' },
      { text: 'Experiment file', link: '/experiment-file' },
      { text: 'Output', link: '/output' },
      { text: 'Run directory', link: '/run-directory' },
      { text: 'Library (TypeScript)', link: '/library' },
      { text: 'Library reference', link: '/api/' },
    ],
  },
  {
    text: 'Internals',
    items: [
      { text: 'How the theory is computed', link: '/theory-paths' },
      { text: 'Performance', link: '/performance' },
      { text: 'Reliability', link: '/reliability' },
    ],
  },
];
