// Collects every `Differs:` line of the sources into the README: what Drydock does otherwise than Kubernetes, on purpose.
// `node scripts/differences.mjs` rewrites the list; with `--check` it only says whether the list is up to date.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [begin, end] = ['<!-- differences: begin -->', '<!-- differences: end -->'];

/** The folder names of the components diagram, as headings. */
const areas = {
  'cluster/apiserver': 'API server',
  'cluster/store': 'etcd',
  'cluster/informers': 'Clients inside the cluster',
  'cluster/controllers': 'Controllers',
  'cluster/scheduler': 'Scheduler',
  'cluster/kubelet': 'Kubelet and containers',
  'cluster/images': 'Images and their programs',
  'cluster/network': 'Network',
  api: 'API machinery',
  shell: 'Shell and its programs',
  terminal: 'Terminal',
  kubectl: 'kubectl',
  bridge: 'Bridge',
};

const areaOf = (file) => Object.keys(areas).find((folder) => file.startsWith(`${folder}/`)) ?? 'cluster/apiserver';

/** `{ area, text }` for each `Differs:`; a text goes on over the following comment lines until the next tag or blank line. */
export function collectDifferences() {
  const source = join(root, 'src');
  return readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => relative(source, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((file) => !file.includes('generated/'))
    .sort()
    .flatMap((file) =>
      [
        ...readFileSync(join(source, file), 'utf8').matchAll(
          /^[ \t]*(?:\/\*\*?|\*|\/\/)[ \t]*Differs:[ \t]*((?:.*(?:\n[ \t]*(?:\*(?!\/)|\/\/)[ \t]+(?!Upstream:|Differs:|@)\S.*)*))/gm,
        ),
      ].map(([, text]) => ({
        area: areas[areaOf(file)],
        text: text
          .replace(/\s*\*\/\s*$/, '')
          .replace(/\n[ \t]*(?:\*|\/\/)[ \t]+/g, ' ')
          .trim(),
      })),
    );
}

export function differencesMarkdown() {
  const differences = collectDifferences();
  return Object.values(areas)
    .map((area) => ({
      area,
      texts: [...new Set(differences.filter((difference) => difference.area === area).map(({ text }) => text))],
    }))
    .filter(({ texts }) => texts.length > 0)
    .map(
      ({ area, texts }) =>
        `**${area}**\n\n${texts.map((text) => `- ${text[0].toUpperCase()}${text.slice(1)}`).join('\n')}`,
    )
    .join('\n\n');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = join(root, 'README.md');
  const readme = readFileSync(path, 'utf8');
  const [before, rest] = readme.split(begin);
  const updated = `${before}${begin}\n\n${differencesMarkdown()}\n\n${end}${rest.split(end)[1]}`;
  if (process.argv.includes('--check')) {
    if (updated !== readme)
      console.error('README.md: the list of differences is out of date; run `npm run differences`');
    process.exitCode = updated === readme ? 0 : 1;
  } else writeFileSync(path, updated);
}
