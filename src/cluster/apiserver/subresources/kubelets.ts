import type { KubeletServer } from '../../kubelet/kubelet-server.ts';
import { internalError } from '../response/server-errors.ts';

/** How the API server reaches the kubelets; the composition root says who they are. */
export class Kubelets {
  readonly #find: (nodeName: string) => KubeletServer | undefined;

  constructor(find: (nodeName: string) => KubeletServer | undefined) {
    this.#find = find;
  }

  /** Throws what a client sees when a node does not answer. */
  of(nodeName: string): KubeletServer {
    const kubelet = this.#find(nodeName);
    if (!kubelet) throw internalError(`error dialing backend: dial tcp: lookup ${nodeName}: no such host`);
    return kubelet;
  }
}
