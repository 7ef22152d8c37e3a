import { ApiError, type Fault } from '../api/index.ts';
import type { Kubelet } from './kubelet/index.ts';
import type { Network } from './network/index.ts';

/** What is broken on purpose, and how it is broken and mended. */
export class Faults {
  readonly #kubelets: ReadonlyMap<string, Kubelet>;
  readonly #network: Network;
  #faults: readonly Fault[] = [];

  constructor(kubelets: ReadonlyMap<string, Kubelet>, network: Network) {
    this.#kubelets = kubelets;
    this.#network = network;
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  set(fault: Fault, isOn: boolean): void {
    const kubelet = this.#kubelets.get(fault.node);
    if (!kubelet) throw new ApiError(404, 'NotFound', `there is no machine ${fault.node}`);
    const isSame = (known: Fault): boolean => known.type === fault.type && known.node === fault.node;
    if (this.#faults.some(isSame) === isOn) return;
    this.#faults = isOn ? [...this.#faults, fault] : this.#faults.filter((known) => !isSame(known));
    if (fault.type === 'node-down') {
      if (isOn) kubelet.powerOff();
      else kubelet.powerOn();
    } else {
      this.#network.setNodeLink(fault.node, !isOn);
    }
  }
}
