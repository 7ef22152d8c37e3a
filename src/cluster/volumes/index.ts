import type { ComponentContext } from '../informers/component-context.ts';
import { startEphemeralClaimController } from './ephemeral-claims.ts';
import { startLocalPathProvisioner } from './local-path-provisioner.ts';
import type { NodeDisks } from './node-disks.ts';
import { startPersistentVolumeController } from './persistent-volume-controller.ts';
import { startClaimProtectionController, startVolumeProtectionController } from './protection.ts';
import { createStandardClass } from './standard-class.ts';

export { NetworkStorage } from './network-storage.ts';

type ContextFor = (component: string, userName: string) => ComponentContext;

const controllers: readonly (readonly [name: string, user: string, start: (context: ComponentContext) => void])[] = [
  ['persistent-volume', 'persistent-volume-binder', startPersistentVolumeController],
  ['claim-protection', 'pvc-protection-controller', startClaimProtectionController],
  ['volume-protection', 'pv-protection-controller', startVolumeProtectionController],
  ['ephemeral-volume', 'ephemeral-volume-controller', startEphemeralClaimController],
];

/** What looks after claims and volumes. @param disks of the nodes, where storage can be had; undefined where there are none */
export function startStorage(contextFor: ContextFor, disks: NodeDisks | undefined): void {
  for (const [name, user, start] of controllers) {
    start(contextFor(`controller/${name}`, `system:serviceaccount:kube-system:${user}`));
  }
  if (!disks) return;
  const user = 'system:serviceaccount:local-path-storage:local-path-provisioner-service-account';
  const context = contextFor('controller/local-path', user);
  createStandardClass(context.client);
  startLocalPathProvisioner(context, disks);
}
