import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

export default defineConfig(
  globalIgnores([
    'src/kernel/assembly/',
    'dist/',
    'coverage/',
    'docs/api/',
    'docs/.vitepress/dist/',
    'docs/.vitepress/cache/',
    '.dependency-cruiser.cjs',
  ]),
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['eslint.config.js'] } } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      // Numbers print the same in template strings everywhere; wrapping each in String() hides the message.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // Index loops over typed arrays are the idiom of numerical code here.
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
    },
  },
  {
    // These see the types of the browser instead of those of Node.
    files: ['src/**/*.web.ts', 'src/web/**/*.{ts,tsx}', 'test/browser/page.ts', 'bench/browser/page.ts'],
    languageOptions: { parserOptions: { projectService: false, project: 'tsconfig.web.json' } },
  },
  {
    // The site is bundled by VitePress.
    files: ['docs/.vitepress/**/*.ts'],
    languageOptions: { parserOptions: { projectService: false, project: 'tsconfig.docs.json' } },
  },
  { files: ['eslint.config.js'], ...tseslint.configs.disableTypeChecked },
);
