import { FileCode2, SquareTerminal } from 'lucide-react';
import { useStore } from 'zustand';
import { useDrydock } from '../drydock.ts';
import { EditorPane } from '../editor/editor-pane.tsx';
import { Tabs } from '../parts/tabs.tsx';
import { TerminalActions, TerminalPane } from '../terminal/terminal-pane.tsx';
import { Pane } from './pane.tsx';

const tabs = [
  {
    id: 'terminal',
    title: (
      <>
        <SquareTerminal size={14} strokeWidth={1.75} aria-hidden="true" /> Terminal
      </>
    ),
  },
  {
    id: 'editor',
    title: (
      <>
        <FileCode2 size={14} strokeWidth={1.75} aria-hidden="true" /> Editor
      </>
    ),
  },
] as const;

export function BottomPane() {
  const { layout } = useDrydock();
  const tab = useStore(layout, ({ bottomTab }) => bottomTab);
  return (
    <Pane
      id="terminal"
      name="Terminal and editor"
      head={
        <Tabs
          label="Tools"
          idPrefix="bottom"
          tabs={tabs}
          selected={tab}
          onSelect={(bottomTab) => layout.setState({ bottomTab })}
        />
      }
      actions={tab === 'terminal' && <TerminalActions />}
    >
      <div role="tabpanel" id="bottom-panel" aria-labelledby={`bottom-tab-${tab}`} style={{ height: '100%' }}>
        {/* The terminal stays as it is behind the editor: its programs go on. */}
        <div hidden={tab !== 'terminal'} style={{ height: '100%' }}>
          <TerminalPane isShown={tab === 'terminal'} />
        </div>
        {tab === 'editor' && <EditorPane />}
      </div>
    </Pane>
  );
}
