import { Pane } from '../workspace/pane.tsx';

export function InspectorPane() {
  return (
    <Pane id="inspector" name="Inspector" head={<h2>Inspector</h2>}>
      <p style={{ padding: 16 }}>Select something on the map.</p>
    </Pane>
  );
}
