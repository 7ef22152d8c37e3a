import { lazy, Suspense } from 'react';
import styles from './editor.module.css';

const EditorView = lazy(() => import('./editor-view.tsx').then(({ EditorView }) => ({ default: EditorView })));

/** The editor, loaded when it is first shown. */
export function EditorPane() {
  return (
    <Suspense fallback={<output className={styles.loading}>Loading the editor.</output>}>
      <EditorView />
    </Suspense>
  );
}
