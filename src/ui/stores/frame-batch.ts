/** Runs `flush` once, before the next frame, however often it is asked for; in a hidden tab, where no frames come, soon. */
export function createFrameBatch(flush: () => void): { readonly request: () => void; readonly flushNow: () => void } {
  let frame: number | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function run() {
    if (frame !== undefined) cancelAnimationFrame(frame);
    clearTimeout(timer);
    frame = undefined;
    timer = undefined;
    flush();
  }

  return {
    request() {
      if (timer !== undefined) return;
      if (typeof requestAnimationFrame === 'function') frame = requestAnimationFrame(run);
      timer = setTimeout(run, 250);
    },
    flushNow: run,
  };
}
