import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    target: 'es2023',
    // Monaco is one large chunk by nature, and is loaded only when the editor opens.
    chunkSizeWarningLimit: 4_000,
    manifest: true,
  },
  server: { port: 5173 },
  preview: { port: 4173 },
});
