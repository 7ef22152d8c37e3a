import { List, Map as MapIcon } from 'lucide-react';
import { useStore } from 'zustand';
import { useDrydock } from '../drydock.ts';
import { Tabs } from '../parts/tabs.tsx';
import { Pane } from '../workspace/pane.tsx';
import { ClusterMap } from './cluster-map.tsx';
import { Legend } from './legend.tsx';
import { NamespacePicker } from './namespace-picker.tsx';
import { Outline } from './outline.tsx';

const views = [
  {
    id: 'map',
    title: (
      <>
        <MapIcon size={14} strokeWidth={1.75} aria-hidden="true" /> Map
      </>
    ),
  },
  {
    id: 'outline',
    title: (
      <>
        <List size={14} strokeWidth={1.75} aria-hidden="true" /> Outline
      </>
    ),
  },
] as const;

export function TopologyPane() {
  const { layout } = useDrydock();
  const view = useStore(layout, ({ topologyView }) => topologyView);
  return (
    <Pane
      id="topology"
      name="Cluster"
      head={
        <Tabs
          label="Cluster views"
          idPrefix="topology"
          tabs={views}
          selected={view}
          onSelect={(topologyView) => layout.setState({ topologyView })}
        />
      }
      actions={
        <>
          {view === 'map' && <Legend />}
          <NamespacePicker />
        </>
      }
    >
      <div role="tabpanel" id="topology-panel" aria-labelledby={`topology-tab-${view}`} style={{ height: '100%' }}>
        {view === 'map' ? <ClusterMap /> : <Outline />}
      </div>
    </Pane>
  );
}
