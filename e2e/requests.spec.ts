import { expect, test } from '@playwright/test';
import { deployment, DrydockPage } from './drydock-page.ts';

const service = (name: string, selector: string, type: string) => `---
apiVersion: v1
kind: Service
metadata:
  name: ${name}
spec:
  type: ${type}
  selector:
    app: ${selector}
  ports:
    - port: 80
`;

test('a request is sent along a service’s path, and its hops are drawn and told', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await drydock.apply(
    deployment('web', 2) + service('web', 'web', 'NodePort') + service('empty', 'nobody', 'ClusterIP'),
  );
  await expect(drydock.pods('default/web-', 'ready')).toHaveCount(2, { timeout: 30_000 });

  await page.locator('[data-ref="services/default/web"]').click();
  const form = drydock.inspector.locator('form');
  await expect(form.getByLabel('From')).toHaveValue('outside');
  await form.getByRole('button', { name: 'Send' }).click();
  await expect(drydock.inspector.getByText('200 OK', { exact: true })).toBeVisible();
  await expect(drydock.inspector.getByText('Welcome to nginx!').first()).toBeVisible();
  const badges = page.locator('[data-journey="answer"] [data-hop]');
  await expect(badges).toHaveCount(3);
  await expect(badges.last()).toHaveAttribute('data-kind', 'answer');

  // From a pod, over the DNS: one hop more.
  const pod = await form.getByLabel('From').locator('option', { hasText: 'pod web-' }).first().getAttribute('value');
  await form.getByLabel('From').selectOption(pod);
  await form.getByRole('button', { name: 'Send' }).click();
  await expect(drydock.inspector.getByText(/asks for web\.default\.svc\.cluster\.local/)).toBeVisible();
  await expect(badges).toHaveCount(4);

  // A service that selects nobody refuses, and the palette leads there.
  await page.keyboard.press('Control+k');
  await page.keyboard.type('send request empty');
  await page.keyboard.press('Enter');
  await expect(drydock.inspector.getByText('Connection refused')).toBeVisible();
  await expect(page.locator('[data-journey="failure"] [data-kind="refused"][data-hop]')).toContainText('no endpoints');
  await drydock.inspector.getByRole('button', { name: 'Clear the path' }).click();
  await expect(page.locator('[data-journey]')).toHaveCount(0);
});

test('a request waits while time is paused, and goes on step by step', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await page.locator('[data-ref="services/default/kubernetes"]').click();
  await page.getByRole('button', { name: 'Pause' }).click();
  await drydock.inspector.getByRole('button', { name: 'Send' }).click();
  await expect(drydock.inspector.getByText(/Time is paused, and the request with it/)).toBeVisible();
  await expect(page.locator('[data-hop]')).toHaveCount(0);
  for (let step = 0; step < 3; step++) await page.getByRole('button', { name: 'Step one event' }).click();
  await expect(page.locator('[data-hop="1"]')).toHaveCount(1);
});
