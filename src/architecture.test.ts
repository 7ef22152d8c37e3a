import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** What each folder may import, besides itself and packages. This is the right-hand column of src/README.md. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  kernel: [],
  api: [],
  shell: ['kernel'],
  cluster: ['kernel', 'api', 'shell'],
  client: ['api'],
  http: ['api', 'client', 'cluster', 'kernel'],
  transport: ['client'],
  worker: ['client', 'cluster', 'http', 'kernel', 'transport', 'api'],
  bridge: ['client'],
  'go-template': ['api'],
  kubectl: ['api', 'client', 'go-template'],
  lesson: ['api', 'client'],
  terminal: ['api', 'client', 'kernel', 'kubectl', 'shell'],
  cli: ['api', 'bridge', 'client', 'cluster', 'http', 'kernel', 'kubectl', 'lesson', 'shell', 'terminal'],
  ui: ['api', 'client', 'kubectl', 'lesson', 'shell', 'terminal', 'transport', 'worker'],
};

const strictZone = ['kernel', 'api', 'shell', 'cluster'];
const root = resolve(import.meta.dirname);

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.(test|bench)\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

function importsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  return [...source.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1]!);
}

describe.each(Object.entries(mayImport))('%s/', (folder, allowed) => {
  it(`imports ${allowed.length > 0 ? allowed.join(', ') : 'nothing'}`, () => {
    const offences = sourceFiles(join(root, folder)).flatMap((file) =>
      importsOf(file)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => relative(root, resolve(dirname(file), specifier)).split(/[\\/]/)[0]!)
        .filter((target) => target !== folder && !allowed.includes(target))
        .map((target) => `${relative(root, file)} imports ${target}/`),
    );
    expect(offences).toEqual([]);
  });
});

describe('cluster/', () => {
  it('lets only the API server import the store', () => {
    const offences = sourceFiles(join(root, 'cluster'))
      .filter((file) => !/cluster[\\/](store|apiserver)[\\/]/.test(file) && !/cluster[\\/]cluster\.ts$/.test(file))
      .filter((file) => importsOf(file).some((specifier) => /\/store\//.test(specifier)))
      .map((file) => relative(root, file));
    expect(offences).toEqual([]);
  });
});

describe.each(strictZone)('%s/ is in the strict zone', (folder) => {
  it('has a tsconfig without any host', () => {
    const { compilerOptions } = JSON.parse(readFileSync(join(root, folder, 'tsconfig.json'), 'utf8')) as {
      compilerOptions: { lib: string[]; types: string[] };
    };
    expect(compilerOptions).toMatchObject({ lib: ['ES2023'], types: [] });
  });

  it('has no async code, wall clock or chance', () => {
    const banned = /\basync\b|\bawait\b|\bPromise\b|\bDate\.now\b|new Date\(\)|\bMath\.random\b/;
    const offences = sourceFiles(join(root, folder))
      .filter((file) => !/generated/.test(file))
      .flatMap((file) =>
        readFileSync(file, 'utf8')
          .split('\n')
          .map((line, index) => ({ line: line.replace(/\/\/.*|\/?\*.*|'[^']*'|"[^"]*"|`[^`]*`/g, ''), at: index + 1 }))
          .filter(({ line }) => banned.test(line))
          .map(({ at }) => `${relative(root, file)}:${at}`),
      );
    expect(offences).toEqual([]);
  });
});
