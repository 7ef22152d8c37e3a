import { expect, test } from '@playwright/test';
import { deployment, DrydockPage } from './drydock-page.ts';

test('a manifest is checked against the cluster’s own schemas and applied', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await drydock.edit(deployment('web', 1).replace('replicas: 1', 'replicaz: 1'));
  const problems = page.getByRole('list', { name: 'Problems' });
  await expect(problems).toContainText('unknown field "replicaz"; did you mean "replicas"?');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('The cluster refused it.')).toBeVisible();
  await drydock.edit(deployment('web', 1));
  await expect(problems).toBeHidden();
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('Applied: Deployment web.')).toBeVisible();
  await expect(drydock.pods('default/web-')).toHaveCount(1);
});

test('what the cluster refuses stands at its line', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await drydock.edit(deployment('web', 1).replace('replicas: 1', 'replicas: -1'));
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByRole('list', { name: 'Problems' })).toContainText(/Line 6.*spec\.replicas/);
});

test('completion offers the fields of the place', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await drydock.edit('apiVersion: v1\nkind: Pod\nmetadata:\n  name: web\nspec:\n  ');
  await page.locator('.monaco-editor').first().click();
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Control+Space');
  await expect(page.locator('.suggest-widget')).toContainText('containers');
});

test('malformed YAML is a clear message, and nothing breaks', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await drydock.edit('apiVersion: v1\nkind: [Pod\n  metadata: {{{');
  await expect(page.getByRole('list', { name: 'Problems' })).toContainText('Line');
});
