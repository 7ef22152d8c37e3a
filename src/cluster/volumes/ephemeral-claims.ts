import type { PersistentVolumeClaim, Pod, Volume } from '../../api/generated/types.ts';
import { ApiError, keyOf } from '../../api/index.ts';
import { persistentVolumeClaims, pods } from '../apiserver/registry/index.ts';
import { controllerReference } from '../controllers/owner-reference.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import { claimNameOf } from './claims-of.ts';

/**
 * Makes the claims of volumes that live as long as their pod.
 * Upstream: pkg/controller/volume/ephemeral
 */
export function startEphemeralClaimController({ informers, client, events, queue }: ComponentContext): void {
  const allPods = informers.informer(pods);
  const claims = informers.informer(persistentVolumeClaims);
  const claimClient = client.resource(persistentVolumeClaims);
  const waiting = queue({
    reconcile: (key) => {
      const pod = allPods.get(key);
      if (pod && !pod.metadata.deletionTimestamp) makeClaims(pod);
    },
  });
  const queueWithEphemeral = (pod: Pod): void => {
    if (pod.spec.volumes?.some(({ ephemeral }) => ephemeral)) waiting.add(keyOf(pod));
  };
  allPods.onChange({ added: queueWithEphemeral });
  claims.onChange({
    deleted: ({ metadata }) => {
      const owner = metadata.ownerReferences?.find(({ kind }) => kind === 'Pod');
      if (owner) waiting.add(`${metadata.namespace}/${owner.name}`);
    },
  });

  function makeClaims(pod: Pod): void {
    for (const volume of pod.spec.volumes ?? []) {
      const obstacle = obstacleTo(pod, volume);
      if (obstacle === undefined) continue;
      const message = `ephemeral volume ${volume.name}: ${obstacle}`;
      events.record(pod, 'Warning', 'FailedBinding', message);
      waiting.addRateLimited(keyOf(pod));
      return;
    }
    waiting.forget(keyOf(pod));
  }

  /** Makes the claim of one volume, if it needs one. @returns what stands against it */
  function obstacleTo(pod: Pod, volume: Volume): string | undefined {
    const template = volume.ephemeral?.volumeClaimTemplate;
    const name = claimNameOf(pod, volume);
    if (!template || name === undefined) return undefined;
    const { namespace = '' } = pod.metadata;
    const known = claimClient.get(namespace, name);
    if (known) {
      return isOwnedBy(known, pod)
        ? undefined
        : `PVC ${namespace}/${name} was not created for pod ${keyOf(pod)} (pod is not owner)`;
    }
    const { annotations, labels } = template.metadata ?? {};
    try {
      claimClient.create({
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: {
          name,
          namespace,
          ...(annotations && { annotations }),
          ...(labels && { labels }),
          ownerReferences: [controllerReference(pod, pods)],
        },
        spec: template.spec,
      });
      return undefined;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return `create PVC ${name}: ${error.message}`;
    }
  }
}

function isOwnedBy({ metadata }: PersistentVolumeClaim, pod: Pod): boolean {
  return metadata.ownerReferences?.some(({ uid, controller }) => controller && uid === pod.metadata.uid) ?? false;
}
