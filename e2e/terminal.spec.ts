import { expect, test } from '@playwright/test';
import { DrydockPage } from './drydock-page.ts';

test('two terminals stand side by side on the same machine, each with a shell of its own', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await drydock.run('echo left > note; cd /tmp; echo shell $$');
  await expect(drydock.terminalText()).toContainText(/shell \d+/);

  await page.keyboard.press('Control+Shift+Digit5');
  const right = page.getByRole('region', { name: 'Terminal 2' });
  await expect(right.locator('.xterm-rows')).toContainText('$');
  await expect(page.getByRole('region', { name: 'Terminal 1' })).toBeVisible();
  await expect(right.locator('.xterm-helper-textarea')).toBeFocused();
  // The same files, but neither the same folder nor the same process.
  await page.keyboard.type('cat note; pwd; echo shell $$\n');
  await expect(right.locator('.xterm-rows')).toContainText('left');
  await expect(right.locator('.xterm-rows')).toContainText('/home/learner');
  const pidIn = async (name: string) =>
    /shell (\d+)/.exec((await page.getByRole('region', { name }).locator('.xterm-rows').textContent()) ?? '')?.[1];
  await expect.poll(() => pidIn('Terminal 2')).toBeTruthy();
  expect(await pidIn('Terminal 2')).not.toBe(await pidIn('Terminal 1'));

  await page.keyboard.press('Control+Shift+ArrowLeft');
  await expect(page.getByRole('region', { name: 'Terminal 1' }).locator('.xterm-helper-textarea')).toBeFocused();
  const separator = page.getByRole('separator', { name: 'Resize the terminals' });
  await separator.press('ArrowRight');
  await expect(separator).toHaveAttribute('aria-valuenow', '55');

  // A shell that ends takes its terminal with it, but for the last.
  await page.keyboard.press('Control+`');
  await page.keyboard.type('exit\n');
  await expect(page.getByRole('region', { name: 'Terminal 1' })).toHaveCount(0);
  await expect(right).toBeVisible();
  await right.locator('.xterm-helper-textarea').focus();
  await page.keyboard.type('exit\n');
  await expect(right.locator('.xterm-rows')).toContainText(/exit.*learner@workstation/s);
});

test('a pane fills the screen and goes back by keyboard, and sizes are remembered', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  const map = page.getByRole('region', { name: 'Cluster', exact: true });
  const before = await map.boundingBox();
  await page.getByRole('application').focus();
  await page.keyboard.press('Control+Shift+Enter');
  await expect.poll(async () => (await map.boundingBox())!.width).toBeGreaterThan(before!.width + 200);
  await page.keyboard.press('Control+Shift+Enter');
  await expect.poll(async () => (await map.boundingBox())!.width).toBe(before!.width);

  await page.getByRole('separator', { name: 'Resize lesson' }).focus();
  for (let press = 0; press < 3; press++) await page.keyboard.press('ArrowRight');
  const moved = await map.boundingBox();
  expect(moved!.width).toBeLessThan(before!.width);
  await page.reload();
  await drydock.isReady();
  expect(Math.abs((await map.boundingBox())!.width - moved!.width)).toBeLessThan(3);
});
