import type { JsonValue } from '../resource/json.ts';

export interface JsonStream {
  readonly values: JsonValue[];
  /** What Go's decoder says of the rest, where it is no JSON. */
  readonly problem?: string;
}

/** JSON values one after the other. Upstream: encoding/json Decoder */
export function parseJsonStream(text: string): JsonStream {
  const values: JsonValue[] = [];
  let from = 0;
  for (;;) {
    while (/\s/.test(text[from] ?? '')) from++;
    if (from >= text.length) return { values };
    const end = endOfValue(text, from);
    try {
      values.push(JSON.parse(text.slice(from, end)) as JsonValue);
    } catch {
      return { values, problem: goProblem(text, from) };
    }
    from = end;
  }
}

/** Where the value that begins at `from` ends, as far as brackets and quotes tell. */
function endOfValue(text: string, from: number): number {
  let depth = 0;
  let isInString = false;
  for (let index = from; index < text.length; index++) {
    const char = text[index];
    if (isInString) {
      if (char === '\\') index++;
      else if (char === '"') isInString = false;
      continue;
    }
    if (char === '"') isInString = true;
    else if (char === '{' || char === '[') depth++;
    else if (char === '}' || char === ']') {
      depth--;
      if (depth <= 0) return index + 1;
    } else if (depth === 0 && /\s/.test(char!)) return index;
  }
  return text.length;
}

/** Finds the first character that does not fit, and words it as encoding/json does. */
function goProblem(text: string, from: number): string {
  const stack: ('{' | '[')[] = [];
  let expects = 'value' as 'value' | 'key' | 'keyOrEnd' | 'valueOrEnd' | 'colon' | 'next';
  const fail = (index: number, context: string) =>
    `json: offset ${index + 1}: invalid character ${charText(text[index]!)} ${context}`;
  const close = () => {
    stack.pop();
    expects = 'next';
  };
  for (let index = from; index < text.length; index++) {
    const char = text[index]!;
    if (/[ \t\r\n]/.test(char)) continue;
    if (expects === 'next') {
      const inObject = stack.at(-1) === '{';
      if (char === ',') expects = inObject ? 'key' : 'value';
      else if (char === (inObject ? '}' : ']')) close();
      else return fail(index, inObject ? 'after object key:value pair' : 'after array element');
      continue;
    }
    if (expects === 'colon') {
      if (char !== ':') return fail(index, 'after object key');
      expects = 'value';
      continue;
    }
    if (expects === 'key' || expects === 'keyOrEnd') {
      if (char === '}' && expects === 'keyOrEnd') {
        close();
        continue;
      }
      if (char !== '"') return fail(index, `looking for beginning of object key string`);
    } else if (char === ']' && expects === 'valueOrEnd') {
      close();
      continue;
    } else if (char === '{' || char === '[') {
      stack.push(char);
      expects = char === '{' ? 'keyOrEnd' : 'valueOrEnd';
      continue;
    }
    const token = /^(?:"(?:[^"\\\n\r\t]|\\.)*"|true|false|null|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)/.exec(
      text.slice(index),
    );
    if (!token) {
      if (char === '"' || /^(?:t|tr|tru|f|fa|fal|fals|n|nu|nul|-)$/.test(text.slice(index))) return 'unexpected EOF';
      return fail(index, 'looking for beginning of value');
    }
    index += token[0].length - 1;
    expects = expects === 'key' || expects === 'keyOrEnd' ? 'colon' : 'next';
  }
  return 'unexpected EOF';
}

function charText(char: string): string {
  if (char === "'") return `'\\''`;
  if (char === '"') return `'"'`;
  return `'${JSON.stringify(char).slice(1, -1)}'`;
}
