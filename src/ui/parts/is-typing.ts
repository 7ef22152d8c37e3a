/** Whether a key press belongs to a text field or the terminal, and is no shortcut. */
export function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.closest('.xterm, .monaco-editor, [role=dialog]') !== null ||
      /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
