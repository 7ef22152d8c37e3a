import type { HTTPGetAction, Lifecycle, LifecycleHandler, Probe } from '../../../../api/generated/types.ts';
import { fill, isZero, withField } from '../share.ts';

/** Defaults of probes and hooks. Upstream: SetDefaults_Probe, SetDefaults_HTTPGetAction */
const probeDefaults: Partial<Probe> = {
  timeoutSeconds: 1,
  periodSeconds: 10,
  successThreshold: 1,
  failureThreshold: 3,
};
const httpDefaults: Partial<HTTPGetAction> = { path: '/', scheme: 'HTTP' };

export function defaultProbe(given: Probe): Probe {
  const probe = defaultHttp(fill(given, probeDefaults, isZero));
  return probe.grpc ? withField(probe, 'grpc', fill(probe.grpc, { service: '' })) : probe;
}

export function defaultLifecycle(given: Lifecycle): Lifecycle {
  let lifecycle = given;
  for (const hook of ['postStart', 'preStop'] as const) {
    const handler = lifecycle[hook];
    if (handler) lifecycle = withField(lifecycle, hook, defaultHttp<LifecycleHandler>(handler));
  }
  return lifecycle;
}

function defaultHttp<T extends { readonly httpGet?: HTTPGetAction }>(handler: T): T {
  return handler.httpGet ? withField(handler, 'httpGet', fill(handler.httpGet, httpDefaults, isZero)) : handler;
}
