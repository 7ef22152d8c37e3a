import { kubernetesVersion } from '../../api/index.ts';
import type { Metrics } from './metrics.ts';

/** What every component of Kubernetes says of itself. Upstream: component-base/metrics/version.go, processstarttime.go */
export function processMetrics(metrics: Metrics, startedMs: number): void {
  const { major, minor, gitVersion, gitCommit, buildDate, goVersion } = kubernetesVersion;
  const build = {
    build_date: buildDate,
    compiler: 'gc',
    git_commit: gitCommit,
    git_tree_state: 'clean',
    git_version: gitVersion,
    go_version: goVersion,
    major,
    minor,
    platform: 'linux/amd64',
  };
  const info = {
    name: 'kubernetes_build_info',
    help: "[ALPHA] A metric with a constant '1' value labeled by major, minor, git version, git commit, git tree state, build date, Go version, and compiler from which Kubernetes was built, and platform on which it is running.",
    labels: Object.keys(build),
  };
  metrics.gauge(info, () => [[Object.values(build), 1]]);
  const start = {
    name: 'process_start_time_seconds',
    help: '[ALPHA] Start time of the process since unix epoch in seconds.',
  };
  metrics.gauge(start, () => [[[], startedMs / 1000]]);
}
