import { unescape } from '../interpreter/expand/escapes.ts';

/** What `echo` prints. bash and BusyBox take -n, -e and -E; dash (`xsi`) takes -n alone and always unescapes. */
export function formatEcho(words: readonly string[], dialect: 'bash' | 'ash' | 'xsi'): string {
  let endsLine = true;
  let unescapes = dialect === 'xsi';
  let index = 0;
  for (; index < words.length; index++) {
    const options = dialect === 'xsi' ? /^-n$/.exec(words[index]!) : /^-[neE]+$/.exec(words[index]!);
    if (!options) break;
    for (const letter of options[0].slice(1)) {
      if (letter === 'n') endsLine = false;
      else unescapes = letter === 'e';
    }
  }
  const text = words.slice(index).join(' ');
  if (!unescapes) return text + (endsLine ? '\n' : '');
  const made = unescape(text, 'echo');
  return made.text + (endsLine && !made.isCut ? '\n' : '');
}
