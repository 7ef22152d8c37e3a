import { expect, test } from '@playwright/test';
import { deployment, DrydockPage } from './drydock-page.ts';

const service = `---
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: NodePort
  selector:
    app: web
  ports:
    - port: 80
`;

test('a deployment travels from the command to three ready pods on the map', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await drydock.run('kubectl create deployment web --image=nginx --replicas=3');
  await expect(drydock.terminalText()).toContainText('deployment.apps/web created');
  await expect(page.locator('[data-ref="deployments/default/web"]')).toBeVisible();
  await expect(drydock.pods('default/web-')).toHaveCount(3);
  await expect(drydock.pods('default/web-', 'ready')).toHaveCount(3, { timeout: 30_000 });
});

test('selecting a deployment singles out its pods and shows its ReplicaSets', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await drydock.apply(deployment('web', 2) + service);
  await expect(drydock.pods('default/web-', 'ready')).toHaveCount(2, { timeout: 30_000 });
  await page.locator('[data-ref="deployments/default/web"]').click();
  await expect(drydock.inspector.getByRole('heading', { name: 'web', exact: true })).toBeVisible();
  await expect(drydock.inspector.getByText('revision 1')).toBeVisible();
  await expect(page.locator('[data-ref^="pods/"][data-emphasis="related"]')).toHaveCount(2);
  await page.locator('[data-ref="services/default/web"]').click();
  await expect(drydock.inspector.getByText('web.default.svc.cluster.local')).toBeVisible();
  await expect(drydock.inspector.getByText('gets traffic')).toHaveCount(2);
});

test('a rollout shows both ReplicaSets trade places', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await drydock.apply(deployment('web', 3));
  await expect(drydock.pods('default/web-', 'ready')).toHaveCount(3, { timeout: 30_000 });
  await page.locator('[data-ref="deployments/default/web"]').click();
  // An image that does not exist: the rollout stops half way, and both are there to be seen.
  await page.getByRole('tab', { name: 'Terminal' }).click();
  await drydock.run('kubectl set image deployment/web web=nginx:0.0');
  const card = page.locator('[data-ref="deployments/default/web"]');
  await expect(card.locator('[data-revision]')).toHaveText(['rev 1', 'rev 2']);
  await expect(drydock.inspector.getByText('revision 1, going')).toBeVisible();
  await expect(drydock.inspector.getByText('revision 2, coming')).toBeVisible();
  await expect(drydock.inspector.getByText('nginx:0.0').first()).toBeVisible();
});

test('the map is worked with the keyboard alone', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await page.getByRole('application', { name: 'Cluster map' }).focus();
  const announced = page.locator('[aria-live=polite]').filter({ hasText: /^(Node|Service|Pod|Deployment)/ });
  for (let presses = 0; presses < 12; presses++) {
    await page.keyboard.press(presses % 3 === 2 ? 'ArrowRight' : 'ArrowDown');
    if ((await announced.textContent())?.startsWith('Node')) break;
  }
  await expect(announced).toHaveText(/^Node .*, ready/);
  await page.keyboard.press('Enter');
  await expect(drydock.inspector.getByText('Kubelet', { exact: true })).toBeVisible();
});

test('the outline says the same as the map', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await drydock.apply(deployment('web', 2));
  await expect(drydock.pods('default/web-', 'ready')).toHaveCount(2, { timeout: 30_000 });
  await page.getByRole('tab', { name: 'Outline' }).click();
  await expect(page.getByRole('button', { name: /^web Deployment, 2 of 2 ready/ })).toBeVisible();
  await expect(page.getByRole('button', { name: /web-.* Running/ })).toHaveCount(2);
});

test('a pod that fits nowhere says why each node was refused', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await drydock.apply(
    'apiVersion: v1\nkind: Pod\nmetadata:\n  name: big\nspec:\n  containers:\n    - name: c\n      image: nginx\n      resources:\n        requests:\n          cpu: "500"\n',
  );
  await expect(drydock.pods('default/big', 'pending')).toBeVisible();
  await drydock.pods('default/big').click();
  // Node by node, with the plugin that said no: in words, and on the nodes themselves.
  const refused = (node: string) => drydock.inspector.getByRole('listitem').filter({ hasText: node });
  await expect(refused('node-1')).toContainText('Insufficient cpu');
  await expect(refused('node-1')).toContainText('NodeResourcesFit');
  await expect(refused('control-plane')).toContainText('TaintToleration');
  await expect(page.locator('[data-refusal="node-2"]')).toContainText('Insufficient cpu');
  await page.locator('[data-ref="nodes/node-1"]').click({ position: { x: 40, y: 12 } });
  await expect(page.locator('[data-refusal]')).toHaveCount(0);
});

test('a node that is switched off is shown as such', async ({ page }) => {
  const drydock = new DrydockPage(page);
  await drydock.open();
  await drydock.node('node-2').click({ position: { x: 40, y: 12 } });
  await drydock.inspector.getByRole('button', { name: 'Power off' }).click();
  await drydock.setSpeed('60');
  await expect(drydock.node('node-2')).toHaveAttribute('data-problem', 'Not reachable');
  await drydock.inspector.getByRole('button', { name: 'Power on' }).click();
  await expect(drydock.node('node-2')).not.toHaveAttribute('data-problem');
});

test('a thousand pods stay smooth', async ({ page }) => {
  test.setTimeout(120_000);
  const drydock = new DrydockPage(page);
  await drydock.open('nodes=20');
  await drydock.setSpeed('0');
  await drydock.apply(deployment('many', 1_000));
  await expect(page.getByRole('application')).toHaveAttribute('data-marks', '1000', { timeout: 60_000 });
  await drydock.setSpeed('1');
  await page.waitForTimeout(3_000);
  // What the drawing itself costs in each frame while one pans.
  const map = await page.getByRole('application').boundingBox();
  await page.evaluate(() => performance.clearMeasures());
  await page.mouse.move(map!.x + map!.width / 2, map!.y + 60);
  await page.mouse.down();
  for (let step = 0; step < 30; step++)
    await page.mouse.move(map!.x + map!.width / 2 + step * 6, map!.y + 60 + step * 2);
  await page.mouse.up();
  const durations = await page.evaluate(() =>
    performance.getEntriesByName('drydock:pods').map(({ duration }) => duration),
  );
  expect(durations.length).toBeGreaterThan(5);
  const sorted = durations.toSorted((a, b) => a - b);
  expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(12);
});
