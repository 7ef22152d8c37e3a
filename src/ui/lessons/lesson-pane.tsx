import { Pane } from '../workspace/pane.tsx';

export function LessonPane() {
  return (
    <Pane id="lesson" name="Lesson" head={<h2>Playground</h2>}>
      <p style={{ padding: 16 }}>A three-node cluster, yours to try things on.</p>
    </Pane>
  );
}
