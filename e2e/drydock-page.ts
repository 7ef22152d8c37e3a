import { expect, type Locator, type Page } from '@playwright/test';

/** The page as a user has it: what they see and type. */
export class DrydockPage {
  readonly page: Page;
  readonly lesson: Locator;
  readonly inspector: Locator;

  constructor(page: Page) {
    this.page = page;
    this.lesson = page.getByRole('region', { name: 'Lesson', exact: true });
    this.inspector = page.getByRole('region', { name: 'Inspector' });
  }

  /** Opens the page on a cluster that nobody has used. */
  async open(query = ''): Promise<void> {
    await this.page.goto(`/?fresh${query ? `&${query}` : ''}`);
    await this.isReady();
  }

  /** Until the nodes are on the map and the terminal has its prompt. */
  async isReady(): Promise<void> {
    await expect(this.node('node-1')).toBeVisible();
    await expect(this.terminalText()).toContainText('$');
  }

  node(name: string): Locator {
    return this.page.locator(`[data-ref="nodes/${name}"]`);
  }

  /** Pods on the map, by the beginning of `namespace/name`. */
  pods(start: string, state?: string): Locator {
    return this.page.locator(`[data-ref^="pods/${start}"]${state ? `[data-state="${state}"]` : ''}`);
  }

  terminalText(): Locator {
    return this.page.locator('section:not([hidden]) > div > .xterm .xterm-rows').first();
  }

  /** Types a command as a user does, and sends it. */
  async run(command: string): Promise<void> {
    await this.page.locator('.xterm-helper-textarea').first().focus();
    await this.page.keyboard.type(command);
    await this.page.keyboard.press('Enter');
  }

  /** Puts a script into the terminal at once, line by line. */
  async runScript(script: string): Promise<void> {
    for (const line of script.split('\n')) await this.run(line);
  }

  /** Makes time pass quickly while tests wait. */
  async setSpeed(value: string): Promise<void> {
    await this.page.getByLabel('Speed').selectOption(value);
  }

  /** Puts text into the editor as its only file, and shows it. */
  async edit(text: string): Promise<void> {
    await this.page.evaluate(
      (content) =>
        localStorage.setItem(
          'drydock.editor',
          JSON.stringify({ files: [{ name: 'test.yaml', text: content }], current: 'test.yaml' }),
        ),
      text,
    );
    await this.page.goto('/');
    await expect(this.node('node-1')).toBeVisible();
    await this.page.getByRole('tab', { name: 'Editor' }).click();
    await expect(this.page.locator('.monaco-editor').first()).toBeVisible({ timeout: 30_000 });
  }

  /** Applies manifests without a look: for tests that are about something else. */
  async apply(text: string): Promise<void> {
    await this.edit(text);
    await this.page.getByRole('button', { name: 'Apply' }).click();
    await expect(this.page.getByText('Applied:')).toBeVisible();
  }
}

export const deployment = (name: string, replicas: number, image = 'nginx:1.27'): string => `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
spec:
  replicas: ${replicas}
  selector:
    matchLabels:
      app: ${name}
  template:
    metadata:
      labels:
        app: ${name}
    spec:
      containers:
        - name: web
          image: ${image}
`;
