import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    include: ['src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 900_000,
    hookTimeout: 900_000,
    // The machines are small: two files at a time, so that statistical tests keep a core each.
    maxWorkers: 2,
    // Of the unit tests (npm run coverage): the others drive built code in processes of their own.
    coverage: {
      include: ['src/**/*.{ts,tsx}'],
      exclude: ['src/**/*.test.ts', 'src/kernel/assembly/**'],
      reportOnFailure: true,
      reporter: ['text-summary', 'html', 'lcov'],
    },
  },
});
