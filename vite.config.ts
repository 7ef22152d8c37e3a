import react from '@vitejs/plugin-react';
import { precompressed } from './scripts/precompressed.mjs';
import { defineConfig, type Plugin } from 'vite';

const moduleId = 'virtual:differences';

/** What the sources say about where they differ from Kubernetes, as a module for the page. */
function differences(): Plugin {
  return {
    name: 'drydock:differences',
    resolveId: (id) => (id === moduleId ? `\0${moduleId}` : undefined),
    async load(id) {
      if (id !== `\0${moduleId}`) return undefined;
      const { collectDifferences } = await import('./scripts/differences.mjs');
      return `export const differences = ${JSON.stringify(collectDifferences())};`;
    },
  };
}

/**
 * Builds the worker in the page's own module graph instead of one of its own: what both use (YAML, the shell, the API's
 * vocabulary) is one file, loaded once.
 */
function sharedWorker(): Plugin {
  return {
    name: 'drydock:shared-worker',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!id.endsWith('/src/worker/start-worker.ts')) return undefined;
      const reference = this.emitFile({
        type: 'chunk',
        id: id.replace('start-worker.ts', 'main.ts'),
        name: workerName,
      });
      return code.replace("new URL('./main.ts', import.meta.url)", `import.meta.ROLLUP_FILE_URL_${reference}`);
    },
  };
}

const workerName = 'cluster';

function isOfWorker(file: string): boolean {
  return file.startsWith(`assets/${workerName}-`);
}

export default defineConfig({
  plugins: [react(), differences(), sharedWorker(), precompressed()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    // Beside what the command line's tools are built into.
    outDir: 'dist/page',
    // Monaco is one large chunk by nature, and is loaded only when the editor opens.
    chunkSizeWarningLimit: 4_000,
    manifest: true,
    // A worker has no document to put preload links into.
    modulePreload: { resolveDependencies: (_file, files, { hostId }) => (isOfWorker(hostId) ? [] : files) },
  },
  server: { port: 5173 },
  preview: { port: 4173 },
});
