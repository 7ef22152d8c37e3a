import type { HTTPGetAction, Lifecycle, LifecycleHandler, PodOS, Probe } from '../../../../api/generated/types.ts';
import {
  checkHttpHeaderName,
  forbiddenField,
  invalid,
  notSupported,
  required,
  type FieldError,
} from '../../../../api/index.ts';
import { addInvalid } from '../label-validation.ts';
import { validatePortNumberOrName } from './container-ports.ts';
import { linuxSignals, windowsSignals } from './stop-signals.ts';

/** Probes and lifecycle hooks. Upstream: validateProbe, validateHandler, validateLifecycle */
export type ProbeKind = 'livenessProbe' | 'readinessProbe' | 'startupProbe';

export function validateProbe(errors: FieldError[], kind: ProbeKind, probe: Probe | undefined, path: string): void {
  if (!probe) return;
  // Probes know no sleep, so the pod's grace period does not matter here.
  validateHandler(errors, probe, undefined, path);
  for (const field of probeNumbers) {
    const value = probe[field] ?? 0;
    if (value < 0) errors.push(invalid(`${path}.${field}`, value, 'must be greater than or equal to 0'));
  }
  const { successThreshold = 0, terminationGracePeriodSeconds } = probe;
  const gracePath = `${path}.terminationGracePeriodSeconds`;
  if (terminationGracePeriodSeconds !== undefined && terminationGracePeriodSeconds <= 0) {
    errors.push(invalid(gracePath, terminationGracePeriodSeconds, 'must be greater than 0'));
  }
  if (kind === 'readinessProbe') {
    if (terminationGracePeriodSeconds !== undefined) {
      errors.push(invalid(gracePath, terminationGracePeriodSeconds, 'must not be set for readinessProbes'));
    }
  } else if (successThreshold !== 1) {
    errors.push(invalid(`${path}.successThreshold`, successThreshold, 'must be 1'));
  }
}

const probeNumbers = [
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
] as const;

export function validateLifecycle(
  errors: FieldError[],
  { postStart, preStop, stopSignal }: Lifecycle,
  graceSeconds: number | undefined,
  os: PodOS | undefined,
  path: string,
): void {
  if (postStart) validateHandler(errors, postStart, graceSeconds, `${path}.postStart`);
  if (preStop) validateHandler(errors, preStop, graceSeconds, `${path}.preStop`);
  if (stopSignal === undefined) return;
  const signalPath = `${path}.stopSignal`;
  if (!os) errors.push(forbiddenField(signalPath, 'may not be set for containers with empty `spec.os.name`'));
  else {
    const signals = os.name === 'windows' ? windowsSignals : linuxSignals;
    if (!signals.includes(stopSignal)) errors.push(notSupported(signalPath, stopSignal, signals));
  }
}

type Handler = Omit<LifecycleHandler, never> & Pick<Probe, 'grpc'>;

function validateHandler(errors: FieldError[], handler: Handler, graceSeconds: number | undefined, path: string): void {
  let count = 0;
  const once = (kind: keyof Handler, check: () => void): void => {
    if (!handler[kind]) return;
    if (count++ === 0) check();
    else errors.push(forbiddenField(`${path}.${kind}`, 'may not specify more than 1 handler type'));
  };
  once('exec', () => {
    if (!handler.exec?.command?.length) errors.push(required(`${path}.exec.command`));
  });
  once('httpGet', () => validateHttpGet(errors, handler.httpGet!, `${path}.httpGet`));
  once('tcpSocket', () => validatePortNumberOrName(errors, handler.tcpSocket!.port, `${path}.tcpSocket.port`));
  once('grpc', () => validatePortNumberOrName(errors, handler.grpc!.port, `${path}.grpc.port`));
  once('sleep', () => {
    const { seconds = 0 } = handler.sleep!;
    if (graceSeconds === undefined || (seconds >= 0 && seconds <= graceSeconds)) return;
    const detail = `must be non-negative and less than terminationGracePeriodSeconds (${graceSeconds})`;
    errors.push(invalid(`${path}.sleep`, seconds, detail));
  });
  if (count === 0) errors.push(required(path, 'must specify a handler type'));
}

const schemes = ['HTTP', 'HTTPS'];

function validateHttpGet(errors: FieldError[], action: HTTPGetAction, path: string): void {
  if (!action.path) errors.push(required(`${path}.path`));
  validatePortNumberOrName(errors, action.port, `${path}.port`);
  const { scheme = '' } = action;
  if (!schemes.includes(scheme)) errors.push(notSupported(`${path}.scheme`, scheme, schemes));
  for (const { name } of action.httpHeaders ?? []) {
    addInvalid(errors, `${path}.httpHeaders`, name, checkHttpHeaderName(name));
  }
}
