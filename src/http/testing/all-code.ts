import { expect } from 'vitest';

/**
 * Tests run time without a pause, so the code that the page fetches bit by bit is here from the start. It takes a moment
 * to load: tests in folders that know no cluster go without.
 */
const path = expect.getState().testPath ?? '';
if (!/src[\\/](kernel|api|shell|client|kubectl|lesson|ui)[\\/]|code-on-demand\.test/.test(path)) {
  const { fetchAllCode } = await import('../code-sources.ts');
  await fetchAllCode();
}
