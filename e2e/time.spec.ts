import { expect, test } from '@playwright/test';
import { deployment, DrydockPage } from './drydock-page.ts';

test('pause stops time, and a step is one labelled event', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await page.getByRole('button', { name: 'Pause' }).click();
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  const clock = page.locator('footer time');
  const stopped = await clock.textContent();
  await page.waitForTimeout(1_500);
  expect(await clock.textContent()).toBe(stopped);
  await page.getByRole('button', { name: 'Step one event' }).click();
  await expect(page.locator('footer output')).toHaveText(/^[\w/.-]+: .+/);
});

test('space pauses and plays, a dot steps, when nobody is typing', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await page.getByRole('application').focus();
  await page.locator('body').press('Space');
  await expect(page.getByRole('button', { name: 'Play' })).toBeVisible();
  await page.locator('body').press('.');
  await expect(page.locator('footer output')).toHaveText(/: /);
  await page.locator('body').press('Space');
  await expect(page.getByRole('button', { name: 'Pause' })).toBeVisible();
});

test('speed makes time pass faster', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await drydock.setSpeed('60');
  await expect(page.locator('footer time')).toHaveText(/0:0[2-9]:/, { timeout: 10_000 });
});

test('going back in time brings the cluster back as it was', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await drydock.setSpeed('10');
  await page.waitForTimeout(3_000);
  await drydock.apply(deployment('web', 2));
  await expect(drydock.pods('default/web-', 'ready')).toHaveCount(2, { timeout: 30_000 });
  await page.getByRole('button', { name: /Events of the last minutes/ }).press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Go back in time' });
  // What happened is told in words, not only on the strip.
  await expect(
    dialog
      .getByRole('list')
      .getByText(/bind pods\/default\/web-/)
      .first(),
  ).toBeVisible();
  await dialog.getByRole('slider').press('Home');
  for (let second = 0; second < 35; second++) await dialog.getByRole('slider').press('ArrowRight');
  await dialog.getByRole('button', { name: 'Go back' }).click();
  await expect(drydock.pods('default/web-')).toHaveCount(0);
  await expect(drydock.node('node-1')).toBeVisible();

  // From there it goes another way, and the way that was left can be returned to.
  await page.getByRole('tab', { name: 'Terminal' }).click();
  await drydock.run('kubectl create deployment other --image=nginx');
  await expect(drydock.pods('default/other-')).toHaveCount(1);
  await page.getByRole('button', { name: /^Return to/ }).click();
  await expect(drydock.pods('default/web-', 'ready')).toHaveCount(2);
  await expect(drydock.pods('default/other-')).toHaveCount(0);
});
