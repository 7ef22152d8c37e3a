import { administrator } from '../apiserver/auth/authenticate.ts';
import { serviceAccountUser } from '../apiserver/auth/service-account-user.ts';
import type { UserInfo } from '../apiserver/resource-definition.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import { startEphemeralClaimController } from './ephemeral-claims.ts';
import { startLocalPathProvisioner } from './local-path-provisioner.ts';
import type { NodeDisks } from './node-disks.ts';
import { startPersistentVolumeController } from './persistent-volume-controller.ts';
import { startClaimProtectionController, startVolumeProtectionController } from './protection.ts';
import { createProvisionerRole, provisionerAccount } from './provisioner-role.ts';
import { createStandardClass } from './standard-class.ts';

export { NetworkStorage } from './network-storage.ts';

type ContextFor = (component: string, user: UserInfo) => ComponentContext;

const controllers: readonly (readonly [name: string, user: string, start: (context: ComponentContext) => void])[] = [
  ['persistent-volume', 'persistent-volume-binder', startPersistentVolumeController],
  ['claim-protection', 'pvc-protection-controller', startClaimProtectionController],
  ['volume-protection', 'pv-protection-controller', startVolumeProtectionController],
  ['ephemeral-volume', 'ephemeral-volume-controller', startEphemeralClaimController],
];

/** What looks after claims and volumes. @param disks of the nodes, where storage can be had; undefined where there are none */
export function startStorage(contextFor: ContextFor, disks: NodeDisks | undefined): void {
  for (const [name, user, start] of controllers) {
    start(contextFor(`controller/${name}`, serviceAccountUser('kube-system', user)));
  }
  if (!disks) return;
  const { namespace, name } = provisionerAccount;
  const context = contextFor('controller/local-path', serviceAccountUser(namespace, name));
  const installer = contextFor('controller/local-path-installer', administrator).client;
  createStandardClass(installer);
  createProvisionerRole(installer);
  startLocalPathProvisioner(context, disks);
}
