import type { CheckResult } from '../../lesson/index.ts';
import styles from './lessons.module.css';

interface ChecksProps {
  readonly sentences: readonly string[];
  readonly results: readonly CheckResult[];
  readonly isChecking: boolean;
}

/** Each check says what it looks at; once it has looked, what it found and what it wanted. */
export function Checks({ sentences, results, isChecking }: ChecksProps) {
  const bySentence = new Map(results.map((result) => [result.sentence, result]));
  return (
    <ul className={styles.checks} aria-label="Checks" aria-busy={isChecking}>
      {sentences.map((sentence) => {
        const result = bySentence.get(sentence);
        const state = !result ? 'unknown' : result.passed ? 'passed' : 'open';
        return (
          <li key={sentence} data-state={state}>
            <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden="true">
              <circle cx="8" cy="8" r="6.5" />
              {state === 'passed' && <path d="M5 8.2l2.1 2.2L11 6" />}
            </svg>
            <div>
              <p>
                {sentence}
                <span className="visually-hidden">{state === 'passed' ? ': passed' : state === 'open' ? ': not yet' : ''}</span>
              </p>
              {state === 'open' && (
                <dl>
                  <dt>Found</dt>
                  <dd>{result?.found}</dd>
                  <dt>Wanted</dt>
                  <dd>{result?.wanted}</dd>
                </dl>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
