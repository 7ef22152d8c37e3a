import { badRequest, invalid, parseRfc3339, throwIfInvalid, type FieldError } from '../../../api/index.ts';
import type { Pod } from '../../../api/generated/types.ts';
import type { LogRequest } from '../../kubelet/kubelet-server.ts';
import type { ApiResponse } from '../api-request.ts';
import type { Query } from '../request/query.ts';
import type { Scope } from '../verbs/scope.ts';
import type { Kubelets } from './kubelets.ts';
import { chooseContainer } from './pod-container.ts';

/**
 * What a container has printed.
 * Upstream: pkg/registry/core/pod/rest/log.go, strategy.go LogLocation, pkg/apis/core/validation ValidatePodLogOptions
 */
export function podLog(scope: Scope<Pod>, kubelets: Kubelets): ApiResponse {
  const { info, query } = scope;
  const given = readOptions(query, scope.context.nowMs);
  const pod = scope.store.get(info.namespace, info.name);
  const container = chooseContainer(pod, query.text('container') ?? '');
  const nodeName = pod.spec?.nodeName;
  // Nothing can have been printed before the pod has a node.
  if (!nodeName) return { status: 200, headers: textHeaders, body: '' };
  const log = kubelets.of(nodeName).logs({ ...given, podUid: pod.metadata.uid, container });
  return {
    status: 200,
    headers: textHeaders,
    stream: (sink) =>
      log.start(
        (bytes) => sink.write(bytes),
        () => sink.end(),
      ),
  };
}

const textHeaders = [['content-type', 'text/plain']] as const;

function readOptions(query: Query, nowMs: number): Omit<LogRequest, 'podUid' | 'container'> {
  const tailLines = query.integer('tailLines');
  const limitBytes = query.integer('limitBytes');
  const sinceSeconds = query.integer('sinceSeconds');
  const sinceTime = query.text('sinceTime');
  const errors: FieldError[] = [];
  if (tailLines !== undefined && tailLines < 0) {
    errors.push(invalid('tailLines', tailLines, 'must be greater than or equal to 0'));
  }
  if (limitBytes !== undefined && limitBytes < 1) {
    errors.push(invalid('limitBytes', limitBytes, 'must be greater than 0'));
  }
  if (sinceSeconds !== undefined && sinceTime) {
    errors.push({
      type: 'FieldValueForbidden',
      field: '',
      body: 'Forbidden: at most one of `sinceTime` or `sinceSeconds` may be specified',
    });
  } else if (sinceSeconds !== undefined && sinceSeconds < 1) {
    errors.push(invalid('sinceSeconds', sinceSeconds, 'must be greater than 0'));
  }
  throwIfInvalid({ group: '', kind: 'PodLogOptions' }, '', errors);
  const sinceMs = sinceTime
    ? parseRfc3339(sinceTime)
    : sinceSeconds === undefined
      ? undefined
      : nowMs - sinceSeconds * 1000;
  if (sinceTime && sinceMs === undefined)
    throw badRequest(`parsing time ${JSON.stringify(sinceTime)} as "2006-01-02T15:04:05Z07:00": cannot parse`);
  return {
    previous: query.boolean('previous') ?? false,
    follow: query.boolean('follow') ?? false,
    timestamps: query.boolean('timestamps') ?? false,
    ...(tailLines !== undefined && { tailLines }),
    ...(limitBytes !== undefined && { limitBytes }),
    ...(sinceMs !== undefined && { sinceMs }),
  };
}
