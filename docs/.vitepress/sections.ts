/** Pages of the docs under one heading of their navigation. */
interface Section {
  readonly text: string;
  readonly items: readonly { readonly text: string; readonly link: string }[];
}

/** Pages by what a reader wants of them; a page that is missing here fails the build. */
export const sections: readonly Section[] = [
  {
    text: 'Begin',
    items: [
      { text: 'Getting started', link: '/getting-started' },
      { text: 'The lab in the browser', link: '/lab' },
      { text: 'The paper, reproduced', link: '/reproduced' },
    ],
  },
  {
    text: 'Understand',
    items: [
      { text: 'The theory, step by step', link: '/theory' },
      { text: 'How drift is measured', link: '/measuring-drift' },
      { text: 'The slow motion itself', link: '/effective-process' },
      { text: 'Finite learning rate', link: '/finite-learning-rate' },
      { text: 'Where frequent means slower', link: '/claims-map' },
    ],
  },
  {
    text: 'Run at scale',
    items: [
      { text: 'Sweeps', link: '/sweeps' },
      { text: 'Ten to the nine runs', link: '/scale' },
    ],
  },
  {
    text: 'Look up',
    items: [
      { text: 'Experiment file', link: '/experiment-file' },
      { text: 'Output', link: '/output' },
      { text: 'Run directory', link: '/run-directory' },
      { text: 'Library (TypeScript)', link: '/api/' },
    ],
  },
  {
    text: 'Inside',
    items: [
      { text: 'How the theory is computed', link: '/theory-paths' },
      { text: 'Performance', link: '/performance' },
    ],
  },
];
