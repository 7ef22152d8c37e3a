import { isScalar, type Node } from 'yaml';
import { completionsAt } from './complete.ts';
import { documentAt, fieldAt, identityOf, parseManifest } from './manifest.ts';
import { monaco } from './monaco.ts';
import { typeName, type SchemaLibrary } from './schema.ts';

/** Completion and hover for manifests, from the cluster's own schemas. Gives back how to take them away again. */
export function registerYamlLanguage(library: SchemaLibrary): () => void {
  const completion = monaco.languages.registerCompletionItemProvider('yaml', {
    triggerCharacters: [' ', '\n', '-'],
    async provideCompletionItems(model, position) {
      const found = await completionsAt(model.getValue(), model.getOffsetAt(position), library);
      const word = model.getWordUntilPosition(position);
      const range = {
        startLineNumber: position.lineNumber,
        endLineNumber: position.lineNumber,
        startColumn: word.startColumn,
        endColumn: word.endColumn,
      };
      const { Field, Value } = monaco.languages.CompletionItemKind;
      const suggestions = found.map(({ label, insert, detail, description, isField }) => ({
        label,
        detail,
        range,
        insertText: insert,
        // The inserted lines carry their own indentation.
        insertTextRules: monaco.languages.CompletionItemInsertTextRule.KeepWhitespace,
        kind: isField ? Field : Value,
        documentation: description,
        sortText: `${detail.includes('required') ? '0' : '1'}${label}`,
        ...(isField && { command: { id: 'editor.action.triggerSuggest', title: '' } }),
      }));
      return { suggestions };
    },
  });

  const hover = monaco.languages.registerHoverProvider('yaml', {
    async provideHover(model, position) {
      const offset = model.getOffsetAt(position);
      const document = documentAt(parseManifest(model.getValue()), offset);
      const field = document && fieldAt(document, offset);
      if (!field) return undefined;
      const { apiVersion, kind } = identityOf(document);
      const set = apiVersion ? await library.of(apiVersion) : undefined;
      const schema = set?.at(kind, field.path);
      if (!schema || !isScalar(field.pair.key)) return undefined;
      const [from, to] = (field.pair.key as Node).range ?? [offset, offset];
      const start = model.getPositionAt(from);
      const end = model.getPositionAt(to);
      return {
        range: new monaco.Range(start.lineNumber, start.column, end.lineNumber, end.column),
        contents: [
          { value: `**${String(field.pair.key.value)}** · ${typeName(schema)}` },
          { value: schema.description ?? '' },
        ],
      };
    },
  });

  return () => {
    completion.dispose();
    hover.dispose();
  };
}
