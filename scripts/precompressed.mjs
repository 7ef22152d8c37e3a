// A Vite plugin: compresses what was built, once, and has the preview server send it so.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { extname, join, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const types = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
};
/** Smaller files would hardly become smaller. */
const leastBytes = 1_000;
/** Brotli's best takes seconds for a megabyte; a large file gets the best but one. */
const largeBytes = 500_000;

const encodings = [
  { name: 'br', suffix: '.br', compress: (bytes) => promisify(brotliCompress)(bytes, brotliOptions(bytes)) },
  { name: 'gzip', suffix: '.gz', compress: (bytes) => promisify(gzip)(bytes, { level: 9 }) },
];

function brotliOptions(bytes) {
  const quality = bytes.length > largeBytes ? 9 : 11;
  return { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } };
}

/** @returns {import('vite').Plugin} */
export function precompressed() {
  return {
    name: 'drydock:precompressed',
    apply: (config, { command, isPreview }) => isPreview || command === 'build',
    async writeBundle({ dir }) {
      const files = readdirSync(dir, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && extname(entry.name) in types)
        .map((entry) => join(entry.parentPath, entry.name))
        .filter((file) => statSync(file).size >= leastBytes);
      await Promise.all(files.map(compressFile));
    },
    configurePreviewServer(server) {
      const { root, build } = server.config;
      server.middlewares.use(sendCompressed(resolve(root, build.outDir)));
    },
  };
}

async function compressFile(file) {
  const bytes = readFileSync(file);
  await Promise.all(encodings.map(async ({ suffix, compress }) => writeFileSync(file + suffix, await compress(bytes))));
}

function sendCompressed(folder) {
  return (request, response, next) => {
    const file = fileOf(folder, request.url ?? '/');
    const accepted = (request.headers['accept-encoding'] ?? '').split(',').map((each) => each.split(';')[0].trim());
    const encoding = file && encodings.find(({ name, suffix }) => accepted.includes(name) && existsSync(file + suffix));
    if (!encoding || (request.method !== 'GET' && request.method !== 'HEAD')) return next();
    const bytes = readFileSync(file + encoding.suffix);
    response.writeHead(200, {
      'content-type': types[extname(file)],
      'content-encoding': encoding.name,
      'content-length': bytes.length,
      vary: 'Accept-Encoding',
      // What is below assets/ has its content's hash in its name.
      'cache-control': file.includes(`${sep}assets${sep}`) ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  };
}

/** The built file that a URL stands for; undefined for what is none, or lies elsewhere. */
function fileOf(folder, url) {
  let path;
  try {
    path = decodeURIComponent(url.split(/[?#]/, 1)[0]);
  } catch {
    return undefined;
  }
  const file = join(folder, path.endsWith('/') ? `${path}index.html` : path);
  return file.startsWith(folder + sep) && extname(file) in types ? file : undefined;
}
