import { describe, expect, it } from 'vitest';
import { renderMarkdown } from './markdown.ts';

describe('renderMarkdown', () => {
  it.each([
    { name: 'raw HTML', text: 'a <img src=x onerror=alert(1)> b' },
    { name: 'a script', text: '<script>alert(1)</script>' },
    { name: 'a script link', text: '[go](javascript:alert(1))' },
    { name: 'a data link', text: '[go](data:text/html,<script>1</script>)' },
    { name: 'an image', text: '![x](javascript:alert(1))' },
    { name: 'code that closes itself', text: '```\n</code></pre><script>x</script>\n```' },
  ])('gives $name no way in', ({ text }) => {
    const html = renderMarkdown(text);
    expect(html).not.toMatch(/<(script|img|iframe)/i);
    expect(html).not.toMatch(/href="(javascript|data):/i);
  });

  it('keeps what is meant as text', () => {
    expect(renderMarkdown('**Pod** `kubectl get pods`')).toContain('<strong>Pod</strong> <code>kubectl get pods</code>');
  });
});
