import type { StoreApi } from 'zustand/vanilla';
import { createPersistedStore } from './persisted-store.ts';

export interface EditorFile {
  readonly name: string;
  readonly text: string;
}

export interface EditorState {
  readonly files: readonly EditorFile[];
  readonly current: string;
}

export interface EditorStore extends StoreApi<EditorState> {
  /** Opens a file, with this text if given. */
  open(name: string, text?: string): void;
  write(name: string, text: string): void;
  close(name: string): void;
}

const first: EditorFile = {
  name: 'manifest.yaml',
  text: `apiVersion: v1
kind: Pod
metadata:
  name: hello
spec:
  containers:
    - name: web
      image: nginx
      ports:
        - containerPort: 80
`,
};

/** The files that are open in the editor. They outlive a reload. */
export function createEditorStore(): EditorStore {
  const store = createPersistedStore<EditorState>('drydock.editor', { files: [first], current: first.name });
  return Object.assign(store, {
    open(name: string, text?: string) {
      store.setState(({ files }) => {
        const known = files.find((file) => file.name === name);
        const file = { name, text: text ?? known?.text ?? '' };
        return {
          files: known ? files.map((other) => (other === known ? file : other)) : [...files, file],
          current: name,
        };
      });
    },
    write: (name: string, text: string) =>
      store.setState(({ files }) => ({ files: files.map((file) => (file.name === name ? { name, text } : file)) })),
    close(name: string) {
      store.setState(({ files, current }) => {
        const kept = files.filter((file) => file.name !== name);
        return kept.length === 0
          ? { files: [first], current: first.name }
          : { files: kept, current: current === name ? kept.at(-1)!.name : current };
      });
    },
  });
}
