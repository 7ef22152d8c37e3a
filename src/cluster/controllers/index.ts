import type { ComponentContext } from '../informers/component-context.ts';
import { startDeploymentController } from './deployment.ts';
import { startReplicaSetController } from './replica-set.ts';

type Start = (context: ComponentContext) => void;

/** What runs inside kube-controller-manager. Upstream: cmd/kube-controller-manager/app/controllermanager.go */
const controllers: readonly (readonly [name: string, user: string, start: Start])[] = [
  ['deployment', 'deployment-controller', startDeploymentController],
  ['replica-set', 'replicaset-controller', startReplicaSetController],
];

/** @param contextFor gives a component (`controller/deployment`) what it works with, as the user it speaks as */
export function startControllers(contextFor: (component: string, userName: string) => ComponentContext): void {
  for (const [name, user, start] of controllers) {
    start(contextFor(`controller/${name}`, `system:serviceaccount:kube-system:${user}`));
  }
}
