import { Plug, Unplug } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Fault } from '../../api/index.ts';
import type { Node } from '../../api/generated/types.ts';
import { useDrydock } from '../drydock.ts';
import { Button } from '../parts/button.tsx';
import { podStates, podStateTitles } from '../topology/pod-state.ts';
import { StateIcon } from '../topology/state-icon.tsx';
import { Conditions, Facts, Labels, Section } from './parts.tsx';
import styles from './inspector.module.css';

export function NodeSummary({ object: node }: { readonly object: Node }) {
  const { scene } = useDrydock();
  const view = useStore(scene, (state) => state.scene.nodes.find(({ name }) => name === node.metadata.name));
  const { allocatable, capacity, addresses, nodeInfo, conditions }: Partial<Node['status']> = node.status ?? {};
  const amount = (name: string) => `${allocatable?.[name] ?? '?'} of ${capacity?.[name] ?? '?'}`;
  return (
    <>
      <Faults name={node.metadata.name} />
      {view && view.podCount > 0 && (
        <Section title="Pods shown here">
          <ul className={styles.counts}>
            {podStates
              .filter((state) => (view.counts[state] ?? 0) > 0)
              .map((state) => (
                <li key={state}>
                  <StateIcon state={state} size={13} /> {view.counts[state]}{' '}
                  {podStateTitles[state].split(':')[0]?.toLowerCase()}
                </li>
              ))}
          </ul>
        </Section>
      )}
      <Section title="Machine">
        <Facts
          facts={[
            ['CPU for pods', amount('cpu')],
            ['Memory for pods', amount('memory')],
            ['Most pods', allocatable?.['pods']],
            ['Address', addresses?.find(({ type }) => type === 'InternalIP')?.address],
            ['Pod addresses', node.spec.podCIDR],
            ['Kubelet', nodeInfo?.kubeletVersion],
            ['Runtime', nodeInfo?.containerRuntimeVersion],
            ['Cordoned', node.spec.unschedulable ? 'yes: the scheduler places nothing new here' : undefined],
            [
              'Taints',
              <Labels
                key="taints"
                labels={Object.fromEntries(
                  (node.spec.taints ?? []).map((t) => [`${t.key}:${t.effect}`, t.value ?? '']),
                )}
              />,
            ],
          ]}
        />
      </Section>
      <Conditions conditions={conditions} />
    </>
  );
}

const faultTypes = [
  { type: 'node-down', break: 'Power off', mend: 'Power on', tells: 'The machine is off: nothing on it runs.' },
  {
    type: 'node-network-down',
    break: 'Unplug the network',
    mend: 'Plug in the network',
    tells: 'It runs, but nobody can reach it.',
  },
] as const;

/** Accidents, on purpose: to see what the cluster does about them. */
function Faults({ name }: { readonly name: string }) {
  const { sim, overlay } = useDrydock();
  const [faults, setFaults] = useState<readonly Fault[]>();

  useEffect(() => {
    let isCurrent = true;
    sim.faults().then(
      (found) => isCurrent && setFaults(found),
      // A real cluster has no switch for accidents: then there is nothing to show.
      () => isCurrent && setFaults(undefined),
    );
    return () => {
      isCurrent = false;
    };
  }, [sim]);

  if (!faults) return null;
  const has = (type: Fault['type']) => faults.some((fault) => fault.type === type && fault.node === name);

  async function toggle(type: Fault['type']) {
    try {
      setFaults(await (has(type) ? sim.removeFault({ type, node: name }) : sim.addFault({ type, node: name })));
    } catch (error) {
      overlay.say(error instanceof Error ? error.message : String(error), 'bad');
    }
  }

  return (
    <Section title="Break it">
      <div className={styles.faults}>
        {faultTypes.map((fault) => (
          <Button
            key={fault.type}
            tone={has(fault.type) ? 'main' : 'plain'}
            onClick={() => void toggle(fault.type)}
            title={fault.tells}
          >
            {has(fault.type) ? <Plug size={14} aria-hidden="true" /> : <Unplug size={14} aria-hidden="true" />}
            {has(fault.type) ? fault.mend : fault.break}
          </Button>
        ))}
      </div>
    </Section>
  );
}
