import { kubernetesVersion } from '../../../api/index.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import { respond, respondText } from '../response/respond.ts';

/** Upstream: apimachinery/pkg/version, filled in by the release's build */
const version = {
  major: kubernetesVersion.major,
  minor: kubernetesVersion.minor,
  emulationMajor: kubernetesVersion.major,
  emulationMinor: kubernetesVersion.minor,
  minCompatibilityMajor: kubernetesVersion.major,
  minCompatibilityMinor: String(Number(kubernetesVersion.minor) - 1),
  gitVersion: kubernetesVersion.gitVersion,
  gitCommit: kubernetesVersion.gitCommit,
  gitTreeState: 'clean',
  buildDate: kubernetesVersion.buildDate,
  goVersion: kubernetesVersion.goVersion,
  compiler: 'gc',
  platform: 'linux/amd64',
};

const checks: Readonly<Record<string, readonly string[]>> = {
  healthz: ['ping', 'log', 'etcd', 'poststarthook/bootstrap-controller'],
  livez: ['ping', 'log', 'etcd', 'poststarthook/bootstrap-controller'],
  readyz: ['ping', 'log', 'etcd', 'etcd-readiness', 'informer-sync', 'poststarthook/bootstrap-controller', 'shutdown'],
};

/** Pages about the server itself: `/version`, `/healthz`, `/`. Undefined for all others. */
export function serverPage(request: ApiRequest, groupVersions: readonly string[]): ApiResponse | undefined {
  const [page = '', check, ...more] = request.path.split('/').filter((part) => part !== '');
  if (more.length > 0) return undefined;
  if (page === 'version' && check === undefined) return respond(request, 200, version);
  if (page === '') return respond(request, 200, { paths: rootPaths(groupVersions) });
  const known = Object.hasOwn(checks, page) ? checks[page]! : undefined;
  if (!known) return undefined;
  if (check !== undefined) return known.includes(check) ? respondText(200, 'ok') : undefined;
  if (!request.query.has('verbose')) return respondText(200, 'ok');
  return respondText(200, `${known.map((name) => `[+]${name} ok\n`).join('')}${page} check passed\n`);
}

function rootPaths(groupVersions: readonly string[]): readonly string[] {
  const groups = groupVersions.filter((groupVersion) => groupVersion.includes('/'));
  const apis = groups.flatMap((groupVersion) => [`/apis/${groupVersion.split('/')[0]}`, `/apis/${groupVersion}`]);
  const health = Object.entries(checks).flatMap(([page, names]) => [
    `/${page}`,
    ...names.map((name) => `/${page}/${name}`),
  ]);
  const pages = ['/api', '/api/v1', '/apis', '/openapi/v2', '/openapi/v3', '/version'];
  return [...new Set([...pages, ...apis, ...health])].sort();
}
