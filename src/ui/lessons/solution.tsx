import { useState } from 'react';
import { useDrydock } from '../drydock.ts';
import { Button } from '../parts/button.tsx';
import styles from './lessons.module.css';

interface SolutionProps {
  readonly text: string;
  readonly isShown: boolean;
  readonly onShow: () => void;
}

/** The solution, after a second thought. */
export function Solution({ text, isShown, onShow }: SolutionProps) {
  const { typeInTerminal } = useDrydock();
  const [isAsking, setAsking] = useState(false);
  if (isShown) {
    return (
      <div className={styles.solution}>
        <h4>One solution</h4>
        <pre>{text}</pre>
        <Button onClick={() => typeInTerminal(text)}>Put it into the terminal</Button>
      </div>
    );
  }
  return (
    <div className={styles.solution}>
      {isAsking ? (
        <p role="alert" className={styles.ask}>
          You learn more by trying once more. Show it all the same?
          <span>
            <Button onClick={onShow}>Show it</Button>
            <Button tone="quiet" onClick={() => setAsking(false)}>
              I will try
            </Button>
          </span>
        </p>
      ) : (
        <Button tone="quiet" onClick={() => setAsking(true)}>
          Show the solution
        </Button>
      )}
    </div>
  );
}
