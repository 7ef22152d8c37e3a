import { Copy, FilePen } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { KubeObject } from '../../api/index.ts';
import { useDrydock } from '../drydock.ts';
import { Button } from '../parts/button.tsx';
import { YamlText } from './yaml-text.tsx';
import styles from './inspector.module.css';

/** The object as the API server has it, without the record of who set which field. */
export function YamlView({ object }: { readonly object: KubeObject }) {
  const { overlay, openInEditor } = useDrydock();
  const text = useYaml(object);
  return (
    <>
      <div className={styles.yamlActions}>
        <Button
          disabled={text === undefined}
          onClick={() =>
            void navigator.clipboard.writeText(text ?? '').then(
              () => overlay.say('Copied.'),
              () => overlay.say('The browser does not let this page write to the clipboard.', 'bad'),
            )
          }
        >
          <Copy size={13} aria-hidden="true" /> Copy
        </Button>
        <Button
          disabled={text === undefined}
          onClick={() => openInEditor(`${object.kind.toLowerCase()}-${object.metadata.name}.yaml`, text ?? '')}
        >
          <FilePen size={13} aria-hidden="true" /> Edit
        </Button>
      </div>
      {text !== undefined && <YamlText text={text} />}
    </>
  );
}

function useYaml(object: KubeObject): string | undefined {
  const [text, setText] = useState<string>();
  useEffect(() => {
    let isCurrent = true;
    void import('yaml').then(({ stringify }) => {
      if (!isCurrent) return;
      const { apiVersion, kind, metadata: allMetadata, ...rest } = object;
      const { managedFields: _, ...metadata } = allMetadata;
      setText(stringify({ apiVersion, kind, metadata, ...rest }, { lineWidth: 0, version: '1.1' }));
    });
    return () => {
      isCurrent = false;
    };
  }, [object]);
  return text;
}
