// Who may import whom: the table of ARCHITECTURE.md, as rules. A layer is entered only by its index.
const layers = {
  core: [],
  random: [],
  linalg: ['core'],
  model: ['core', 'linalg', 'random'],
  kernel: ['core', 'linalg', 'random', 'model', 'measure'],
  theory: ['core', 'linalg', 'random', 'model'],
  measure: ['core', 'linalg', 'random'],
  compare: ['core', 'linalg', 'random'],
  experiment: ['core', 'linalg', 'random', 'model', 'kernel', 'theory', 'measure', 'compare'],
  recording: ['core'],
  analyse: ['core', 'linalg', 'random', 'measure', 'compare', 'recording'],
  store: ['core'],
  figure: ['core'],
  report: ['core', 'recording', 'analyse', 'figure'],
  reproduce: ['core', 'linalg', 'model', 'theory', 'compare', 'experiment', 'figure'],
  // The platform loads the kernel's binary and hands it to the experiment.
  execute: ['core', 'model', 'experiment', 'store', 'kernel'],
  library: ['core', 'experiment', 'store', 'execute'],
};
const portableLayers = Object.keys(layers);

const between = Object.entries(layers).map(([layer, allowed]) => ({
  name: `${layer}-imports-only-${allowed.length ? allowed.join('-') : 'nothing'}`,
  severity: 'error',
  from: { path: `^src/${layer}/`, pathNot: '\\.test\\.ts$' },
  to: {
    path: '^src/',
    pathNot: [
      `^src/${layer}/`,
      ...allowed.map((other) => `^src/${other}/index(\\.node|\\.web|\\.rules|\\.plain|\\.tasks)?\\.ts$`),
    ],
  },
}));

module.exports = {
  forbidden: [
    ...between,
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'layers-are-entered-by-their-index',
      severity: 'error',
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/([^/]+)/', pathNot: ['^src/$1/', '/index(\\.node|\\.web|\\.rules|\\.plain|\\.tasks)?\\.ts$'] },
    },
    {
      name: 'only-cli-and-web-import-themselves',
      severity: 'error',
      from: { pathNot: '^src/(cli|web)/' },
      to: { path: '^src/(cli|web)/' },
    },
    { name: 'cli-and-web-do-not-meet', severity: 'error', from: { path: '^src/cli/' }, to: { path: '^src/web/' } },
    { name: 'web-and-cli-do-not-meet', severity: 'error', from: { path: '^src/web/' }, to: { path: '^src/cli/' } },
    {
      name: 'node-modules-only-in-node-files',
      severity: 'error',
      from: { path: '^src/', pathNot: ['\\.node\\.ts$', '^src/cli/', '\\.test\\.ts$'] },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'the-portable-core-does-not-import-node-files',
      severity: 'error',
      from: { path: `^src/(${portableLayers.join('|')})/`, pathNot: ['\\.node\\.ts$', '\\.test\\.ts$'] },
      to: { path: '\\.node\\.ts$' },
    },
    {
      name: 'only-the-web-imports-web-files',
      severity: 'error',
      from: { path: '^src/', pathNot: ['\\.web\\.ts$', '^src/web/'] },
      to: { path: '\\.web\\.ts$' },
    },
    { name: 'everything-resolves', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { conditionNames: ['source', 'import', 'node', 'default'], exportsFields: ['exports'] },
  },
};
