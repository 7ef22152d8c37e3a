import { useStore } from 'zustand';
import { DrydockContext, useDrydock, type Drydock } from './drydock.ts';
import { Notice } from './parts/notice.tsx';
import { Workspace } from './workspace/workspace.tsx';

export function App({ drydock }: { readonly drydock: Drydock }) {
  return (
    <DrydockContext value={drydock}>
      <Workspace />
      <Overlays />
    </DrydockContext>
  );
}

function Overlays() {
  const { overlay } = useDrydock();
  const notice = useStore(overlay, (state) => state.notice);
  return <Notice notice={notice} />;
}
