import { expect, test } from '@playwright/test';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DrydockPage } from './drydock-page.ts';

const root = join(import.meta.dirname, '..', 'lessons', 'foundations');
const lessons = readdirSync(root).sort();

function solutionsOf(lesson: string): readonly string[] {
  const script = readFileSync(join(root, lesson, 'solution.sh'), 'utf8');
  return script
    .split(/^# step: .*$/m)
    .slice(1)
    .map((part) => part.trim());
}

for (const [index, lesson] of lessons.entries()) {
  test(`${lesson} is solved through the page`, async ({ page }) => {
    test.setTimeout(240_000);
    const drydock = new DrydockPage(page);
    await drydock.open();
    await page.getByRole('button', { name: 'Lessons', exact: true }).click();
    await page.getByRole('dialog').getByRole('listitem').nth(index).getByRole('button').click();
    await page.getByRole('button', { name: 'Begin' }).click();
    const steps = solutionsOf(lesson);
    for (const [at, solution] of steps.entries()) {
      await expect(drydock.lesson.getByText(`Step ${at + 1} of ${steps.length}`)).toBeVisible({ timeout: 30_000 });
      // Unsolved before, solved after.
      await expect(drydock.lesson.getByRole('button', { name: 'Check now' })).toBeVisible();
      await drydock.setSpeed('10');
      await drydock.runScript(solution);
      const isLast = at + 1 === steps.length;
      await drydock.lesson.getByRole('button', { name: isLast ? 'Finish' : 'Next step' }).click({ timeout: 90_000 });
    }
    await expect(drydock.lesson.getByText('Every check passes.')).toBeVisible();
  });
}

test('a reload in the middle of a lesson loses nothing', async ({ page }) => {
  test.setTimeout(120_000);
  const drydock = new DrydockPage(page);
  await drydock.open();
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  await page.getByRole('dialog').getByRole('listitem').first().getByRole('button').click();
  await page.getByRole('button', { name: 'Begin' }).click();
  const steps = solutionsOf(lessons[0]!);
  await expect(drydock.lesson.getByText(`Step 1 of ${steps.length}`)).toBeVisible({ timeout: 30_000 });
  await drydock.runScript(steps[0]!);
  await drydock.lesson.getByRole('button', { name: 'Next step' }).click({ timeout: 60_000 });
  await expect(drydock.lesson.getByText(`Step 2 of ${steps.length}`)).toBeVisible();
  const pods = await page.locator('[data-ref^="pods/"]').count();
  await page.waitForTimeout(3_000);
  await page.goto('/');
  await expect(drydock.lesson.getByText(`Step 2 of ${steps.length}`)).toBeVisible();
  await expect(page.locator('[data-ref^="pods/"]')).toHaveCount(pods);
});

test('a check says what it found and what it wanted; hints come one at a time', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await page.getByRole('button', { name: 'Lessons', exact: true }).click();
  await page.getByRole('dialog').getByRole('listitem').nth(1).getByRole('button').click();
  await page.getByRole('button', { name: 'Begin' }).click();
  await drydock.lesson.getByRole('button', { name: 'Check now' }).click({ timeout: 30_000 });
  await expect(drydock.lesson.getByText('Found')).toBeVisible();
  await expect(drydock.lesson.getByText('Wanted')).toBeVisible();
  await drydock.lesson.getByRole('button', { name: /A hint/ }).click();
  await expect(drydock.lesson.getByRole('button', { name: /Another hint/ })).toBeVisible();
});
