// `npm start`: installs what is missing, builds, serves on loopback, prints the address.
import { fileURLToPath } from 'node:url';
import { setUp } from './setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
await setUp();
const { build, preview } = await import('vite');
await build({ root, logLevel: 'warn' });
const server = await preview({ root, preview: { host: '127.0.0.1', port: Number(process.env.PORT ?? 4173) } });
console.log(`Drydock is at ${server.resolvedUrls?.local[0] ?? 'http://127.0.0.1:4173/'}`);
