import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { deployment, DrydockPage } from './drydock-page.ts';

async function expectNoViolations(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  expect(found).toEqual([]);
}

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('the workspace has no axe violation', async ({ page }) => {
      const drydock = new DrydockPage(page);
      await drydock.open();
      await expectNoViolations(page);
    });

    test('the inspector, the outline and the editor have none', async ({ page }) => {
      const drydock = new DrydockPage(page);
      await drydock.open();
      await drydock.apply(deployment('web', 2));
      await expect(drydock.pods('default/web-', 'ready')).toHaveCount(2, { timeout: 30_000 });
      await expectNoViolations(page);
      await drydock.pods('default/web-').first().click();
      for (const tab of ['Summary', 'Events', 'Why', 'Relations', 'YAML']) {
        await drydock.inspector.getByRole('tab', { name: tab }).click();
        await page.waitForTimeout(300);
        await expectNoViolations(page);
      }
      await page.getByRole('tab', { name: 'Outline' }).click();
      await expectNoViolations(page);
    });

    test('the dialogs have none', async ({ page }) => {
      const drydock = new DrydockPage(page);
      await drydock.open();
      for (const name of ['Settings', 'About: what is simulated', 'Lessons']) {
        await page.getByRole('button', { name, exact: true }).click();
        await expect(page.getByRole('dialog')).toBeVisible();
        await page.waitForTimeout(400);
        await expectNoViolations(page);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog')).toBeHidden();
      }
      await page.keyboard.press('Control+k');
      await expectNoViolations(page);
    });

    test('a lesson has none', async ({ page }) => {
      const drydock = new DrydockPage(page);
      await drydock.open();
      await page.getByRole('button', { name: 'Lessons', exact: true }).click();
      await page.getByRole('dialog').getByRole('listitem').first().getByRole('button').click();
      await page.getByRole('button', { name: 'Begin' }).click();
      await expect(drydock.lesson.getByText('Your task')).toBeVisible({ timeout: 30_000 });
      await expectNoViolations(page);
    });

    test('a narrow screen has none', async ({ page }) => {
      await page.setViewportSize({ width: 390, height: 844 });
      await page.goto('/?fresh');
      await expect(page.locator('[data-ref="nodes/node-1"]')).toBeVisible();
      for (const pane of ['Lesson', 'Terminal', 'Inspect', 'Map']) {
        await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: pane }).click();
        await expectNoViolations(page);
      }
    });
  });
}

test('the palette finds an object and inspects it, by keyboard alone', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('node-1');
  await page.keyboard.press('Enter');
  await expect(drydock.inspector.getByRole('heading', { name: 'node-1' })).toBeVisible();
});

test('one key leads to the terminal and back', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await page.getByRole('application').focus();
  await page.keyboard.press('Control+`');
  await expect(page.locator('.xterm-helper-textarea')).toBeFocused();
  await page.keyboard.press('Control+`');
  await expect(page.getByRole('application')).toBeFocused();
});
