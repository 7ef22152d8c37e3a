import type { ComponentType } from 'react';
import type { KubeObject } from '../../api/index.ts';
import { ConfigMapSummary, SecretSummary } from './config-map.tsx';
import { DeploymentSummary } from './deployment.tsx';
import { IngressSummary } from './ingress.tsx';
import { NodeSummary } from './node.tsx';
import { Facts, Labels, Section } from './parts.tsx';
import { PersistentVolumeClaimSummary } from './persistent-volume-claim.tsx';
import { PodSummary } from './pod.tsx';
import { ReplicaSetSummary } from './replica-set.tsx';
import { ServiceSummary } from './service.tsx';

/** What is particular to a kind; one file each. */
const summaries: Readonly<Record<string, ComponentType<{ readonly object: never }>>> = {
  Pod: PodSummary,
  Node: NodeSummary,
  Deployment: DeploymentSummary,
  ReplicaSet: ReplicaSetSummary,
  Service: ServiceSummary,
  ConfigMap: ConfigMapSummary,
  Secret: SecretSummary,
  Ingress: IngressSummary,
  PersistentVolumeClaim: PersistentVolumeClaimSummary,
};

export function Summary({ object }: { readonly object: KubeObject }) {
  const Particular = summaries[object.kind];
  const { labels, annotations, creationTimestamp } = object.metadata;
  return (
    <>
      {Particular && <Particular object={object as never} />}
      <Section title="Metadata">
        <Facts
          facts={[
            ['Labels', Object.keys(labels ?? {}).length > 0 && <Labels key="labels" labels={labels} />],
            [
              'Annotations',
              Object.keys(annotations ?? {}).length > 0 && <Labels key="annotations" labels={annotations} />,
            ],
            ['Created', creationTimestamp.replace('T', ' ').replace('Z', ' UTC')],
          ]}
        />
      </Section>
    </>
  );
}
