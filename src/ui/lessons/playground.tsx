import { GraduationCap } from 'lucide-react';
import { useDrydock } from '../drydock.ts';
import { Button } from '../parts/button.tsx';
import styles from './lessons.module.css';

const ideas = [
  { text: 'Run three copies of a web server', command: 'kubectl create deployment web --image=nginx --replicas=3' },
  { text: 'Give them one address', command: 'kubectl expose deployment web --port=80' },
  { text: 'Ask for a page from inside the cluster', command: 'kubectl run -it --rm try --image=busybox -- wget -qO- http://web' },
  { text: 'Release a version that does not exist', command: 'kubectl set image deployment/web nginx=nginx:0.0' },
  { text: 'Take it back', command: 'kubectl rollout undo deployment/web' },
];

/** Without a lesson: what this is, and something to begin with. */
export function Playground() {
  const { overlay, typeInTerminal } = useDrydock();
  return (
    <div className={styles.lesson}>
      <div className={styles.prose}>
        <p>
          This is a Kubernetes cluster of your own. It runs in this tab: you cannot break anything that a reload, or going back
          in time, will not mend.
        </p>
        <p>Type in the terminal, and watch the map: every line that moves is a message between the parts of the cluster.</p>
      </div>
      <h3 className={styles.label}>To begin with</h3>
      <ul className={styles.ideas}>
        {ideas.map(({ text, command }) => (
          <li key={command}>
            <button type="button" onClick={() => typeInTerminal(command)}>
              {text}
              <code>{command}</code>
            </button>
          </li>
        ))}
      </ul>
      <p className={styles.tip}>
        Then select the service <strong>web</strong> on the map and press <strong>Send</strong>: the map draws the way
        that your request takes, and where it ends.
      </p>
      <Button onClick={() => overlay.show('lessons')}>
        <GraduationCap size={14} aria-hidden="true" /> Or take a lesson
      </Button>
    </div>
  );
}
