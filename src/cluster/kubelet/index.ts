import { Kubelet, type KubeletOptions } from './kubelet.ts';

/** Puts a node into the cluster and starts its kubelet. */
export function startKubelet(options: KubeletOptions): Kubelet {
  const kubelet = new Kubelet(options);
  kubelet.powerOn();
  return kubelet;
}

export type { Kubelet, KubeletOptions } from './kubelet.ts';
export type {
  AttachRequest,
  ExecRequest,
  KubeletServer,
  LogRequest,
  LogStream,
  RemoteProcess,
} from './kubelet-server.ts';
export type { NodeDescription } from './node-description.ts';
