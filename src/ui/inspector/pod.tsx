import type { Container, ContainerStatus, Pod } from '../../api/generated/types.ts';
import { volumeRef, volumesOf, volumeTitles } from '../topology/volume-marks.ts';
import { SchedulingSection } from '../scheduling/scheduling-section.tsx';
import { Conditions, Facts, ObjectLink, Section } from './parts.tsx';
import styles from './inspector.module.css';

export function PodSummary({ object: pod }: { readonly object: Pod }) {
  const { spec, status } = pod;
  const statuses = new Map(
    [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].map((s) => [s.name, s]),
  );
  return (
    <>
      {!spec.nodeName && <SchedulingSection pod={pod} />}
      <Section title="Where it runs">
        <Facts
          facts={[
            [
              'Node',
              spec.nodeName ? (
                <ObjectLink key="node" target={{ resource: 'nodes', key: spec.nodeName }}>
                  {spec.nodeName}
                </ObjectLink>
              ) : (
                'none yet'
              ),
            ],
            ['Address', status.podIP],
            ['Service account', spec.serviceAccountName],
            ['Restart policy', spec.restartPolicy],
            ['Quality of service', status.qosClass],
            ['Message', status.message],
          ]}
        />
      </Section>
      {(spec.initContainers?.length ?? 0) > 0 && (
        <Section title="Init containers">
          {spec.initContainers?.map((container) => (
            <ContainerCard key={container.name} container={container} status={statuses.get(container.name)} />
          ))}
        </Section>
      )}
      <Section title={spec.containers.length === 1 ? 'Container' : 'Containers'}>
        {spec.containers.map((container) => (
          <ContainerCard key={container.name} container={container} status={statuses.get(container.name)} />
        ))}
      </Section>
      <Volumes pod={pod} />
      <Conditions conditions={status.conditions} />
    </>
  );
}

function Volumes({ pod }: { readonly pod: Pod }) {
  const volumes = volumesOf(pod);
  if (volumes.length === 0) return null;
  const mounts = (name: string) =>
    [...(pod.spec.initContainers ?? []), ...pod.spec.containers].flatMap(
      (container) =>
        container.volumeMounts
          ?.filter((mount) => mount.name === name)
          .map((mount) => `${container.name}:${mount.mountPath}`) ?? [],
    );
  return (
    <Section title="Volumes">
      <ul className={styles.list}>
        {volumes.map((volume) => {
          const ref = volumeRef(volume, pod.metadata.namespace ?? '');
          const where = mounts(volume.name);
          return (
            <li key={volume.name}>
              {volumeTitles[volume.kind]}{' '}
              {ref ? <ObjectLink target={ref}>{volume.source}</ObjectLink> : <strong>{volume.source}</strong>}{' '}
              <span className={styles.muted}>{where.length > 0 ? `at ${where.join(', ')}` : 'mounted nowhere'}</span>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function ContainerCard({
  container,
  status,
}: {
  readonly container: Container;
  readonly status: ContainerStatus | undefined;
}) {
  const { requests, limits } = container.resources ?? {};
  return (
    <div className={styles.card}>
      <p>
        <strong>{container.name}</strong> <span className={styles.muted}>{stateText(status)}</span>
      </p>
      <Facts
        facts={[
          ['Image', <code key="image">{container.image}</code>],
          [
            'Ports',
            container.ports?.map(({ containerPort, protocol = 'TCP' }) => `${containerPort}/${protocol}`).join(', '),
          ],
          ['Restarts', status?.restartCount ? String(status.restartCount) : undefined],
          ['Last exit', lastExit(status)],
          ['Requests', amounts(requests)],
          ['Limits', amounts(limits)],
          ['Message', status?.state?.waiting?.message ?? status?.state?.terminated?.message],
        ]}
      />
    </div>
  );
}

function stateText(status: ContainerStatus | undefined): string {
  const { running, terminated, waiting } = status?.state ?? {};
  if (running) return status?.ready ? 'running, ready' : 'running, not ready';
  if (terminated) return `ended with exit code ${terminated.exitCode} (${terminated.reason ?? 'no reason'})`;
  return waiting?.reason ? `waiting: ${waiting.reason}` : 'not created yet';
}

function lastExit(status: ContainerStatus | undefined): string | undefined {
  const last = status?.lastState?.terminated;
  return last && `exit code ${last.exitCode} (${last.reason ?? 'no reason'})`;
}

const amounts = (resources: Readonly<Record<string, string>> | undefined) =>
  Object.entries(resources ?? {})
    .map(([name, amount]) => `${name} ${amount}`)
    .join(', ');
