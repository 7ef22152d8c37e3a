import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['src/**/*.test.ts', 'src/**/*.test.tsx', 'scripts/**/*.test.ts', 'e2e/oracle/**/*.test.ts'],
    setupFiles: ['src/http/testing/all-code.ts'],
    testTimeout: 30_000,
    pool: 'threads',
  },
});
