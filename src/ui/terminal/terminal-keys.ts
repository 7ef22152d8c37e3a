import type { Drydock } from '../drydock.ts';

/** The keys that work the terminals, wherever the focus is; those that step only while it is in one. */
export function terminalKeys({ terminal, layout }: Drydock): (event: KeyboardEvent) => void {
  const isInTerminal = () => Boolean(document.activeElement?.closest('.xterm'));

  function show() {
    layout.setState({ bottomTab: 'terminal', narrowPane: 'terminal' });
  }

  function act({ code, shiftKey }: KeyboardEvent): boolean {
    if (code === 'Backquote' && !shiftKey) {
      if (isInTerminal()) document.querySelector<HTMLElement>('[role=application]')?.focus();
      else {
        show();
        terminal.focus();
      }
    } else if (code === 'Backquote') {
      show();
      terminal.open();
    } else if (code === 'Digit5' && shiftKey) {
      show();
      terminal.split();
    } else if ((code === 'ArrowRight' || code === 'ArrowLeft') && shiftKey && isInTerminal()) {
      terminal.step(code === 'ArrowRight' ? 1 : -1);
    } else return false;
    return true;
  }

  return (event) => {
    if (!event.ctrlKey || event.altKey || event.metaKey || !act(event)) return;
    event.preventDefault();
    event.stopPropagation();
  };
}
