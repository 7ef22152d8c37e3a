import { objectsAt, stringAt, type JsonObject } from '../../resource/json.ts';

/** The containers, then the init containers, whose names fit. Upstream: kubectl/pkg/cmd/set/helper.go selectContainers */
export function selectContainers(spec: JsonObject, pattern: string): readonly JsonObject[] {
  return ['containers', 'initContainers']
    .flatMap((field) => objectsAt(spec, field))
    .filter((container) => fits(stringAt(container, 'name'), pattern));
}

/** `*` stands for anything; upstream does not mind what stands before the first part. */
function fits(name: string, pattern: string): boolean {
  if (pattern === '*') return true;
  if (!pattern.includes('*')) return name === pattern;
  const parts = pattern.split('*');
  let from = 0;
  return parts.every((part, index) => {
    if (part === '') return true;
    const found = name.slice(from).indexOf(part);
    if (found < from || (index === parts.length - 1 && name.length !== found + part.length)) return false;
    from = found;
    return true;
  });
}
