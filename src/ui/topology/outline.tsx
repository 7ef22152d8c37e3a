import { useMemo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import { splitKey } from '../../api/index.ts';
import { useDrydock } from '../drydock.ts';
import type { ObjectRef } from '../stores/selection-store.ts';
import { isSameRef } from '../stores/selection-store.ts';
import { nodeProblem } from './node-box.tsx';
import type { PodMark } from './scene.ts';
import { StateIcon } from './state-icon.tsx';
import styles from './topology.module.css';

/** What the map shows, as text: the same scene, in the same groups. */
export function Outline() {
  const { scene: store } = useDrydock();
  const scene = useStore(store, (state) => state.scene);
  const podsByNode = useMemo(() => {
    const groups = new Map<string, PodMark[]>();
    for (const mark of scene.pods) {
      const group = groups.get(mark.nodeName);
      if (group) group.push(mark);
      else groups.set(mark.nodeName, [mark]);
    }
    return groups;
  }, [scene.pods]);
  const waiting = podsByNode.get('') ?? [];
  return (
    <div className={styles.outline}>
      <section>
        <h2>Workloads</h2>
        {scene.workloads.length === 0 && <p className={styles.outlineEmpty}>Nothing is asked for yet.</p>}
        <ul>
          {scene.workloads.map(({ id, kind, key, name, ready, wanted, total, revisions }) => (
            <li key={id}>
              <Item target={{ resource: kind === 'Deployment' ? 'deployments' : 'replicasets', key }}>
                <strong>{name}</strong> {kind}, {ready} of {wanted ?? total} ready
              </Item>
              <ul>
                {revisions.map((revision) => (
                  <li key={revision.key}>
                    <Item target={{ resource: 'replicasets', key: revision.key }}>
                      {revision.name} ReplicaSet, {revision.ready} ready of {revision.wanted} wanted
                    </Item>
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      </section>
      {waiting.length > 0 && (
        <section>
          <h2>Waiting for a node</h2>
          <Pods pods={waiting} />
        </section>
      )}
      <section>
        <h2>Nodes</h2>
        <ul>
          {scene.nodes.map((node) => (
            <li key={node.name}>
              <Item target={{ resource: 'nodes', key: node.name }}>
                <strong>{node.name}</strong> {nodeProblem(node) ?? 'Ready'}, {node.podCount} of {node.podCapacity} pods
              </Item>
              <Pods pods={podsByNode.get(node.name) ?? []} />
            </li>
          ))}
        </ul>
      </section>
      <section>
        <h2>Services</h2>
        <ul>
          {scene.services.map((service) => (
            <li key={service.key}>
              <Item target={{ resource: 'services', key: service.key }}>
                <strong>{service.name}</strong> {service.type} {service.ports}, {service.endpoints.length} ready
                endpoints
                {service.notReady.length > 0 && `, ${service.notReady.length} not ready`}
              </Item>
            </li>
          ))}
        </ul>
      </section>
      {scene.ingresses.length > 0 && (
        <section>
          <h2>Ingresses</h2>
          <ul>
            {scene.ingresses.map(({ key, name, hosts, services }) => (
              <li key={key}>
                <Item target={{ resource: 'ingresses', key }}>
                  <strong>{name}</strong> {hosts}, to{' '}
                  {services.map((service) => splitKey(service).name).join(', ') || 'no service'}
                </Item>
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function Pods({ pods }: { readonly pods: readonly PodMark[] }) {
  return (
    <ul>
      {pods.map((mark) => (
        <li key={mark.uid}>
          <Item target={{ resource: 'pods', key: mark.key }}>
            <StateIcon state={mark.state} /> {mark.name}{' '}
            <span className={styles.outlineState}>
              {mark.reason}
              {mark.restarts > 0 && `, ${mark.restarts} restarts`}
              {mark.volumes.length > 0 && `, mounts ${mark.volumes.map(({ source }) => source).join(', ')}`}
            </span>
          </Item>
        </li>
      ))}
    </ul>
  );
}

function Item({ target, children }: { readonly target: ObjectRef; readonly children: ReactNode }) {
  const { inspect, selection } = useDrydock();
  const isSelected = useStore(selection, ({ selected }) => isSameRef(selected, target));
  return (
    <button type="button" aria-current={isSelected || undefined} onClick={() => inspect(target)}>
      {children}
    </button>
  );
}
