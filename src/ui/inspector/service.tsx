import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { keyOf, type ObjectKey } from '../../api/index.ts';
import type { Service } from '../../api/generated/types.ts';
import { useDrydock } from '../drydock.ts';
import { Facts, Labels, ObjectLink, Section } from './parts.tsx';
import styles from './inspector.module.css';

const RequestSection = lazy(() =>
  import('../requests/request-section.tsx').then(({ RequestSection }) => ({ default: RequestSection })),
);

export function ServiceSummary({ object: service }: { readonly object: Service }) {
  const { scene } = useDrydock();
  const key = keyOf(service);
  const view = useStore(scene, (state) => state.scene.services.find((candidate) => candidate.key === key));
  const { spec } = service;
  const { name, namespace } = service.metadata;
  return (
    <>
      <Suspense>
        <RequestSection service={service} />
      </Suspense>
      <Section title="How to reach it">
        <Facts
          facts={[
            ['Type', spec.type],
            ['Cluster address', spec.clusterIP],
            ['Name in DNS', <code key="dns">{`${name}.${namespace}.svc.cluster.local`}</code>],
            [
              'Ports',
              spec.ports
                ?.map(
                  ({ port, targetPort, nodePort, protocol = 'TCP' }) =>
                    `${port}/${protocol} to ${targetPort ?? port}${nodePort ? `, on every node at ${nodePort}` : ''}`,
                )
                .join('; '),
            ],
            [
              'Selector',
              spec.selector ? <Labels key="selector" labels={spec.selector} /> : 'none: its endpoints are set by hand',
            ],
          ]}
        />
      </Section>
      <Section title="Pods behind it">
        {view && view.otherEndpoints > 0 && <p>{view.otherEndpoints} addresses that are no pods.</p>}
        {view && view.endpoints.length + view.otherEndpoints === 0 && (
          <p>
            No pod is ready to answer. A connection to this service is refused until one that matches the selector is
            Ready.
          </p>
        )}
        <Endpoints keys={view?.endpoints ?? []} text="gets traffic" />
        <Endpoints keys={view?.notReady ?? []} text="not ready, gets none" />
      </Section>
    </>
  );
}

function Endpoints({ keys, text }: { readonly keys: readonly ObjectKey[]; readonly text: string }) {
  return (
    <ul className={styles.list}>
      {keys.slice(0, 50).map((key) => (
        <li key={key}>
          <ObjectLink target={{ resource: 'pods', key }}>{key.split('/')[1]}</ObjectLink>{' '}
          <span className={styles.muted}>{text}</span>
        </li>
      ))}
      {keys.length > 50 && <li className={styles.muted}>and {keys.length - 50} more</li>}
    </ul>
  );
}
