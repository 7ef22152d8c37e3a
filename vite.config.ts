import react from '@vitejs/plugin-react';
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

export default defineConfig({
  plugins: [react(), differences()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    // Beside what the command line's tools are built into.
    outDir: 'dist/page',
    // Monaco is one large chunk by nature, and is loaded only when the editor opens.
    chunkSizeWarningLimit: 4_000,
    manifest: true,
  },
  server: { port: 5173 },
  preview: { port: 4173 },
});
