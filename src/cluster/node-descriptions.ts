import type { NodeDescription } from './kubelet/index.ts';

const size = { cpu: '4', memory: '8Gi', pods: 110 };

/** `count` machines: the control plane, which takes no ordinary pods, and workers `node-1`, `node-2`, … */
export function describeNodes(count: number): readonly NodeDescription[] {
  return Array.from({ length: count }, (_, index): NodeDescription => {
    const address = addressOf(index);
    if (index > 0) return { name: `node-${index}`, address, ...size };
    const taints = [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }];
    return { name: 'control-plane', address, ...size, taints, roles: ['control-plane'] };
  });
}

/** From 172.18.0.2 on; .1 is the workstation. */
function addressOf(index: number): string {
  const host = index + 2;
  return `172.18.${host >> 8}.${host & 255}`;
}
