import { expect, test } from '@playwright/test';
import { DrydockPage } from './drydock-page.ts';

test('the session comes back after a reload', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await drydock.run('kubectl create deployment web --image=nginx --replicas=2');
  await expect(drydock.pods('default/web-', 'ready')).toHaveCount(2, { timeout: 30_000 });
  await page.waitForTimeout(3_000);
  await page.goto('/');
  await drydock.isReady();
  await expect(drydock.pods('default/web-', 'ready')).toHaveCount(2);
});

test('a saved session that is broken is put aside, and said so', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await page.waitForTimeout(3_000);
  // Not while the page's own worker saves over it.
  await page.goto('/icon.svg');
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('drydock', 1);
        opening.onerror = () => reject(opening.error ?? new Error('no database'));
        opening.onsuccess = () => {
          const writing = opening.result.transaction('sessions', 'readwrite');
          writing.objectStore('sessions').put({ format: 'nonsense' }, 'current');
          writing.oncomplete = () => {
            opening.result.close();
            resolve();
          };
        };
      }),
  );
  await page.goto('/');
  await expect(page.getByText('could not be taken up')).toBeVisible();
  await expect(drydock.node('node-1')).toBeVisible();
});

test('Ctrl-C ends an endless loop', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await drydock.run('while true; do :; done');
  await page.waitForTimeout(500);
  await page.keyboard.press('Control+c');
  await drydock.run('echo still-here');
  await expect(drydock.terminalText()).toContainText('\nstill-here'.trim());
});

test('a script that forks forever leaves the tab responsive', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await drydock.run('bomb() { bomb | bomb & }; bomb');
  await page.waitForTimeout(1_000);
  await page.getByRole('button', { name: 'Settings' }).click();
  await expect(page.getByRole('dialog', { name: 'Settings' })).toBeVisible();
});

test('a name that is too long and a kind that is unknown are refused in the cluster’s own words', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await drydock.run(`kubectl create namespace ${'a'.repeat(70)}`);
  await expect(drydock.terminalText()).toContainText('must be no more than 63');
  await drydock.run('kubectl get unicorns');
  await expect(drydock.terminalText()).toContainText(/the server doesn't have a resource type "unicorns"/);
});

test('kubectl get pods on a hundred pods takes less than 50 ms', async ({ page }) => {
  test.setTimeout(120_000);
  const drydock = new DrydockPage(page);
  await drydock.open();
  await drydock.setSpeed('0');
  await drydock.run('kubectl create deployment many --image=nginx --replicas=100');
  await expect(drydock.pods('default/many-', 'ready')).toHaveCount(100, { timeout: 60_000 });
  await drydock.setSpeed('1');
  await drydock.run('clear');
  // The best of eight: what the page needs, not what else the machine is doing. All hundred lines are printed, and it
  // ends when what follows them can be seen: drawn, which is a frame later than in the terminal's buffer.
  const elapsed = await page.evaluate(async () => {
    const rows = document.querySelector('.xterm-rows');
    const field = document.querySelector<HTMLTextAreaElement>('.xterm-helper-textarea');
    if (!rows || !field) throw new Error('there is no terminal');
    const drawn = (marker: string) =>
      new Promise<void>((resolve, reject) => {
        const observer = new MutationObserver(() => {
          if (![...rows.children].some((row) => row.textContent?.trim() === marker)) return;
          observer.disconnect();
          resolve();
        });
        observer.observe(rows, { childList: true, subtree: true, characterData: true });
        setTimeout(() => reject(new Error('no answer')), 5_000);
      });
    const measure = async (marker: string) => {
      const typed = new DataTransfer();
      typed.setData('text/plain', `kubectl get pods; echo ${marker.slice(0, 1)}""${marker.slice(1)}`);
      field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: typed, bubbles: true }));
      await new Promise((resolve) => setTimeout(resolve, 500));
      const isDone = drawn(marker);
      const startedMs = performance.now();
      field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', keyCode: 13, bubbles: true }));
      await isDone;
      return performance.now() - startedMs;
    };
    field.focus();
    let best = Number.POSITIVE_INFINITY;
    for (let run = 1; run <= 8; run++) best = Math.min(best, await measure(`done${run}`));
    return best;
  });
  expect(elapsed).toBeLessThan(50);
});
