import { useStore } from 'zustand';
import type { Deployment, ReplicaSet } from '../../api/generated/types.ts';
import { keyOf } from '../../api/index.ts';
import { useDrydock } from '../drydock.ts';
import { tintColor } from '../topology/workload-views.ts';
import { Conditions, Facts, Labels, ObjectLink, Section } from './parts.tsx';
import styles from './inspector.module.css';

export function DeploymentSummary({ object: deployment }: { readonly object: Deployment }) {
  const { scene, cluster } = useDrydock();
  const key = keyOf(deployment);
  const view = useStore(scene, (state) => state.scene.workloads.find((w) => w.kind === 'Deployment' && w.key === key));
  const { spec, status } = deployment;
  const rolling = spec.strategy?.rollingUpdate;
  const full = Math.max(1, ...(view?.revisions.map(({ wanted, total }) => Math.max(wanted, total)) ?? []));
  return (
    <>
      <Section title="Rollout">
        <Facts
          facts={[
            ['Wanted', String(spec.replicas ?? 1)],
            ['Updated', String(status.updatedReplicas ?? 0)],
            ['Ready', String(status.readyReplicas ?? 0)],
            ['Available', String(status.availableReplicas ?? 0)],
            ['Paused', spec.paused ? 'yes' : undefined],
            [
              'Strategy',
              rolling
                ? `RollingUpdate: up to ${rolling.maxSurge} more, up to ${rolling.maxUnavailable} missing`
                : spec.strategy?.type,
            ],
          ]}
        />
      </Section>
      <Section title="ReplicaSets">
        {!view?.revisions.length && <p className={styles.muted}>None has pods.</p>}
        {view?.revisions.map((revision) => (
          <div key={revision.key} className={styles.card}>
            <p>
              <ObjectLink target={{ resource: 'replicasets', key: revision.key }}>{revision.name}</ObjectLink>{' '}
              <span className={styles.muted}>
                revision {revision.revision}
                {view.revisions.length > 1 && (revision === view.revisions.at(-1) ? ', coming' : ', going')}
              </span>
            </p>
            <p className={styles.muted}>{imagesOf(cluster.replicasets.getState().objects.get(revision.key))}</p>
            <div className={styles.meter} style={{ color: tintColor(view.tint) }}>
              <span style={{ width: `${(100 * Math.max(revision.wanted, revision.total)) / full}%` }} />
              <span style={{ width: `${(100 * revision.ready) / full}%` }} />
            </div>
            <p className={styles.muted}>
              {revision.ready} ready, {revision.total} there, {revision.wanted} wanted
            </p>
          </div>
        ))}
      </Section>
      <Section title="Pods it makes">
        <Facts
          facts={[
            ['Selector', <Labels key="selector" labels={spec.selector.matchLabels} />],
            ['Images', spec.template.spec?.containers.map(({ image }) => image).join(', ')],
          ]}
        />
      </Section>
      <Conditions conditions={status.conditions} />
    </>
  );
}

const imagesOf = (replicaSet: ReplicaSet | undefined): string =>
  replicaSet?.spec.template?.spec?.containers.map(({ image }) => image).join(', ') ?? '';
