import { memo, type ReactNode } from 'react';
import styles from './inspector.module.css';

/** YAML for reading, with its keys and values told apart. Line by line: enough for what a serializer writes. */
export const YamlText = memo(function YamlText({ text }: { readonly text: string }) {
  return (
    <pre className={styles.yaml}>
      {text
        .replace(/\n$/, '')
        .split('\n')
        .map((line, index) => (
          // Lines have no identity but their place.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={index} className={styles.yamlLine}>
            {colored(line)}
            {'\n'}
          </span>
        ))}
    </pre>
  );
});

function colored(line: string): ReactNode {
  const match = /^(\s*(?:- )*)((?:"[^"]*"|[^\s:#"'[{][^:#]*?|[^\s:]+))(:)(\s.*)?$/.exec(line);
  if (!match) {
    const item = /^(\s*(?:- )+)(.*)$/.exec(line);
    return item ? (
      <>
        {item[1]}
        {value(item[2]!)}
      </>
    ) : (
      value(line)
    );
  }
  const [, lead, key, colon, rest] = match;
  return (
    <>
      {lead}
      <span className={styles.yamlKey}>{key}</span>
      {colon}
      {rest && value(rest)}
    </>
  );
}

function value(text: string): ReactNode {
  const bare = text.trim();
  const kind = bare.startsWith('#')
    ? styles.yamlComment
    : /^(true|false|null|~)$/.test(bare)
      ? styles.yamlLiteral
      : /^-?\d+(\.\d+)?$/.test(bare)
        ? styles.yamlNumber
        : styles.yamlString;
  return <span className={kind}>{text}</span>;
}
