import { kubernetesVersion } from '../../../api/index.ts';
import type { ApiRequest, ApiResponse } from '../api-request.ts';
import type { Metrics } from '../../metrics/metrics.ts';
import { respond } from '../response/respond.ts';
import { healthPage, healthPaths } from './health-pages.ts';

const metricsType = 'text/plain; version=0.0.4; charset=utf-8';

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

/** Pages about the server itself: `/version`, `/healthz`, `/metrics`, `/`. Undefined for all others. */
export function serverPage(
  request: ApiRequest,
  groupVersions: readonly string[],
  metrics: Metrics,
): ApiResponse | undefined {
  const health = healthPage(request);
  if (health) return health;
  const [page = '', ...more] = request.path.split('/').filter((part) => part !== '');
  if (more.length > 0) return undefined;
  if (page === 'version') return respond(request, 200, version);
  if (page === 'metrics') return { status: 200, headers: [['content-type', metricsType]], body: metrics.render() };
  if (page === '') return respond(request, 200, { paths: rootPaths(groupVersions) });
  return undefined;
}

function rootPaths(groupVersions: readonly string[]): readonly string[] {
  const groups = groupVersions.filter((groupVersion) => groupVersion.includes('/'));
  const apis = groups.flatMap((groupVersion) => [`/apis/${groupVersion.split('/')[0]}`, `/apis/${groupVersion}`]);
  const pages = ['/api', '/api/v1', '/apis', '/openapi/v2', '/openapi/v3', '/metrics', '/version'];
  return [...new Set([...pages, ...apis, ...healthPaths()])].sort();
}
