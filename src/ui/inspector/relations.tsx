import { useStore } from 'zustand';
import { keyOf, type KubeObject } from '../../api/index.ts';
import type { Pod } from '../../api/generated/types.ts';
import { useDrydock } from '../drydock.ts';
import type { ClusterStores } from '../stores/cluster-stores.ts';
import { kindOf, type Resource } from '../stores/kinds.ts';
import type { ObjectRef } from '../stores/selection-store.ts';
import { ObjectLink, Section } from './parts.tsx';
import styles from './inspector.module.css';

interface Relation {
  readonly title: string;
  readonly targets: readonly { readonly ref: ObjectRef | undefined; readonly text: string }[];
}

const ownedResources: readonly Resource[] = ['replicasets', 'pods', 'endpointslices'];

/** What an object belongs to, what belongs to it, and what points at it. */
export function Relations({ object, target }: { readonly object: KubeObject; readonly target: ObjectRef }) {
  const { cluster, scene } = useDrydock();
  // Whatever changes in the cluster may change a relation; the scene is published at most once a frame.
  useStore(scene, (state) => state.scene.revision);
  const relations = [
    owners(object),
    owned(object, cluster),
    uses(object),
    selectedBy(target, scene.getState().scene.services),
    onNode(object, cluster),
  ].filter(({ targets }) => targets.length > 0);
  if (relations.length === 0) return <p className={styles.empty}>It stands alone.</p>;
  return relations.map(({ title, targets }) => (
    <Section key={title} title={title}>
      <ul className={styles.list}>
        {targets.slice(0, 100).map(({ ref, text }) => (
          <li key={text}>{ref ? <ObjectLink target={ref}>{text}</ObjectLink> : text}</li>
        ))}
        {targets.length > 100 && <li className={styles.muted}>and {targets.length - 100} more</li>}
      </ul>
    </Section>
  ));
}

function refOf(kind: string, namespace: string | undefined, name: string): ObjectRef | undefined {
  const known = kindOf(kind);
  if (!known) return undefined;
  return { resource: known.resource as Resource, key: known.isNamespaced && namespace ? `${namespace}/${name}` : name };
}

function owners({ metadata }: KubeObject): Relation {
  const targets = (metadata.ownerReferences ?? []).map(({ kind, name }) => ({
    ref: refOf(kind, metadata.namespace, name),
    text: `${kind} ${name}`,
  }));
  return { title: 'Owned by', targets };
}

function owned({ metadata: { uid } }: KubeObject, cluster: ClusterStores): Relation {
  const targets = ownedResources.flatMap((resource) =>
    [...cluster.of(resource).getState().objects.values()]
      .filter(({ metadata }) => metadata.ownerReferences?.some((owner) => owner.uid === uid))
      .map((object) => ({ ref: { resource, key: keyOf(object) }, text: `${object.kind} ${object.metadata.name}` })),
  );
  return { title: 'Owns', targets };
}

/** The node, configuration and secrets that a pod needs. */
function uses(object: KubeObject): Relation {
  if (object.kind !== 'Pod') return { title: 'Uses', targets: [] };
  const { spec } = object as Pod;
  const names = new Map<string, ObjectRef | undefined>();
  const add = (kind: string, name: string | undefined) => {
    if (name) names.set(`${kind} ${name}`, refOf(kind, object.metadata.namespace, name));
  };
  add('Node', spec.nodeName);
  for (const { env, envFrom } of [...(spec.initContainers ?? []), ...spec.containers]) {
    for (const { configMapRef, secretRef } of envFrom ?? []) {
      add('ConfigMap', configMapRef?.name);
      add('Secret', secretRef?.name);
    }
    for (const { valueFrom } of env ?? []) {
      add('ConfigMap', valueFrom?.configMapKeyRef?.name);
      add('Secret', valueFrom?.secretKeyRef?.name);
    }
  }
  for (const { configMap, secret, persistentVolumeClaim } of spec.volumes ?? []) {
    add('PersistentVolumeClaim', persistentVolumeClaim?.claimName);
    add('ConfigMap', configMap?.name);
    add('Secret', secret?.secretName);
  }
  add('ServiceAccount', spec.serviceAccountName);
  return { title: 'Uses', targets: [...names].map(([text, ref]) => ({ ref, text })) };
}

function selectedBy(
  { resource, key }: ObjectRef,
  services: readonly {
    readonly key: string;
    readonly name: string;
    readonly endpoints: readonly string[];
    readonly notReady: readonly string[];
  }[],
): Relation {
  const targets =
    resource === 'pods'
      ? services
          .filter(({ endpoints, notReady }) => endpoints.includes(key) || notReady.includes(key))
          .map((service) => ({
            ref: { resource: 'services' as const, key: service.key },
            text: `Service ${service.name}`,
          }))
      : [];
  return { title: 'Selected by', targets };
}

function onNode(object: KubeObject, cluster: ClusterStores): Relation {
  const targets =
    object.kind === 'Node'
      ? [...cluster.pods.getState().objects.values()]
          .filter(({ spec }) => spec.nodeName === object.metadata.name)
          .map((pod) => ({ ref: { resource: 'pods' as const, key: keyOf(pod) }, text: keyOf(pod) }))
      : [];
  return { title: 'Pods on it', targets };
}
