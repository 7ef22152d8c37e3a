import { Check, CircleAlert, FilePlus2, TriangleAlert, X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { useDrydock } from '../drydock.ts';
import { Button } from '../parts/button.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { themeOf } from '../stores/settings-store.ts';
import { applyManifest } from './apply.ts';
import { diagnose, type Problem } from './diagnose.ts';
import { parseManifest } from './manifest.ts';
import { isHomeFile, writeHomeFile } from './home-files.ts';
import { monaco } from './monaco.ts';
import { applyTheme } from './monaco-themes.ts';
import { OpenFile } from './open-file.tsx';
import { SchemaLibrary } from './schema.ts';
import { registerYamlLanguage } from './yaml-language.ts';
import styles from './editor.module.css';

const diagnoseAfterMs = 250;
const owner = 'drydock';

/** Manifests, checked against the cluster's schemas while one types, and applied from here. */
export function EditorView() {
  const { api, editor: store, overlay, settings, workstation } = useDrydock();
  const { files, current } = useStore(store);
  const theme = useStore(settings, themeOf);
  const textScale = useStore(settings, (state) => state.textScale);
  const screenReaderMode = useStore(settings, (state) => state.screenReaderMode);
  const library = useMemo(() => new SchemaLibrary(api), [api]);
  const frame = useRef<HTMLDivElement>(null);
  const [editor, setEditor] = useState<monaco.editor.IStandaloneCodeEditor>();
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const [isApplying, setApplying] = useState(false);

  useEffect(() => registerYamlLanguage(library), [library]);

  useEffect(() => {
    if (!frame.current) return;
    const made = monaco.editor.create(frame.current, {
      automaticLayout: true,
      minimap: { enabled: false },
      scrollBeyondLastLine: false,
      fixedOverflowWidgets: true,
      tabSize: 2,
      insertSpaces: true,
      renderLineHighlight: 'line',
      padding: { top: 8, bottom: 8 },
      quickSuggestions: { other: true, comments: false, strings: true },
      suggest: { showWords: false },
      wordBasedSuggestions: 'off',
      ariaLabel: 'Manifest',
    });
    setEditor(made);
    return () => {
      made.dispose();
      for (const model of monaco.editor.getModels()) model.dispose();
    };
  }, []);

  useEffect(() => {
    applyTheme(theme);
    editor?.updateOptions({
      fontSize: 12.5 * textScale,
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
      accessibilitySupport: screenReaderMode ? 'on' : 'auto',
    });
  }, [editor, theme, textScale, screenReaderMode]);

  // The model of the current file; its text follows the store, and the store follows its edits.
  const text = files.find(({ name }) => name === current)?.text ?? '';
  useEffect(() => {
    if (!editor) return;
    const uri = monaco.Uri.from({ scheme: 'drydock', path: `/${current}` });
    const model = monaco.editor.getModel(uri) ?? monaco.editor.createModel(text, 'yaml', uri);
    if (model.getValue() !== text) model.setValue(text);
    if (editor.getModel() !== model) editor.setModel(model);
    const listening = model.onDidChangeContent(() => store.write(current, model.getValue()));
    return () => listening.dispose();
  }, [editor, current, text, store]);

  useEffect(() => {
    const timer = setTimeout(() => {
      void diagnose(parseManifest(text), library).then(setProblems);
    }, diagnoseAfterMs);
    return () => clearTimeout(timer);
  }, [text, library]);

  useEffect(() => {
    const model = editor?.getModel();
    if (model)
      monaco.editor.setModelMarkers(
        model,
        owner,
        problems.map((problem) => markerOf(problem, model)),
      );
  }, [editor, problems, current]);

  // A file of the terminal is written back where it came from.
  useEffect(() => {
    if (!isHomeFile(current)) return;
    const timer = setTimeout(() => {
      workstation.open().then(
        (machine) => writeHomeFile(machine, current, text),
        (error: unknown) => overlay.say(`${current}: ${String(error)}`, 'bad'),
      );
    }, diagnoseAfterMs);
    return () => clearTimeout(timer);
  }, [workstation, overlay, current, text]);

  async function apply() {
    setApplying(true);
    try {
      const applied = await applyManifest(
        parseManifest(store.getState().files.find(({ name }) => name === current)?.text ?? ''),
        api,
      );
      if (applied.problems.length > 0) setProblems(applied.problems);
      if (applied.done.length > 0) overlay.say(`Applied: ${applied.done.join(', ')}.`);
      else if (applied.problems.length > 0)
        overlay.say('The cluster refused it. The problems are at their lines.', 'bad');
      else overlay.say('There is nothing to apply.');
    } finally {
      setApplying(false);
    }
  }

  const applyNow = useRef(apply);
  useEffect(() => {
    applyNow.current = apply;
  });
  useEffect(() => {
    const key = monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS;
    const action = editor?.addAction({
      id: 'drydock.apply',
      label: 'Apply to the cluster',
      keybindings: [key],
      run: () => applyNow.current(),
    });
    return () => action?.dispose();
  }, [editor]);

  function goTo({ from }: Problem) {
    const position = editor?.getModel()?.getPositionAt(from);
    if (!editor || !position) return;
    editor.setPosition(position);
    editor.revealPositionInCenter(position);
    editor.focus();
  }

  const newFile = () => {
    let number = files.length + 1;
    while (files.some(({ name }) => name === `manifest-${number}.yaml`)) number++;
    store.open(`manifest-${number}.yaml`, '');
  };

  return (
    <div className={styles.editor}>
      <div className={styles.bar}>
        <ul className={styles.files} aria-label="Open files">
          {files.map(({ name }) => (
            <li key={name} data-current={name === current || undefined}>
              <button type="button" aria-current={name === current || undefined} onClick={() => store.open(name)}>
                {name}
              </button>
              <button
                type="button"
                aria-label={`Close ${name}`}
                className={styles.closeFile}
                onClick={() => store.close(name)}
              >
                <X size={12} aria-hidden="true" />
              </button>
            </li>
          ))}
        </ul>
        <OpenFile />
        <IconButton icon={FilePlus2} label="New file" onClick={newFile} />
        <Button tone="main" disabled={isApplying} onClick={() => void apply()} title="Apply to the cluster (Ctrl S)">
          <Check size={14} aria-hidden="true" /> Apply
        </Button>
      </div>
      <div ref={frame} className={styles.frame} />
      {problems.length > 0 && (
        <ul className={styles.problems} aria-label="Problems">
          {problems.slice(0, 20).map((problem) => (
            <li key={`${problem.from}:${problem.message}`}>
              <button type="button" onClick={() => goTo(problem)} data-severity={problem.severity}>
                {problem.severity === 'error' ? (
                  <CircleAlert size={13} aria-label="Error" />
                ) : (
                  <TriangleAlert size={13} aria-label="Warning" />
                )}
                <span>Line {editor?.getModel()?.getPositionAt(problem.from).lineNumber ?? 1}</span>
                {problem.message}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function markerOf(
  { from, to, message, severity }: Problem,
  model: monaco.editor.ITextModel,
): monaco.editor.IMarkerData {
  const start = model.getPositionAt(from);
  const end = model.getPositionAt(to);
  return {
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
    message,
    severity: severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
  };
}
