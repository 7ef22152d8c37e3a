import { Marked } from 'marked';

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string) => text.replace(/[&<>"]/g, (letter) => escapes[letter]!);

/** Markdown without a way for HTML or scripts: raw HTML is shown as text, and links go to the web only. */
const marked = new Marked({
  gfm: true,
  renderer: {
    html: ({ text }) => escape(text),
    image: ({ text }) => escape(text),
    link({ href, tokens }) {
      const text = this.parser.parseInline(tokens);
      return /^https?:\/\//.test(href) ? `<a href="${escape(href)}" target="_blank" rel="noreferrer">${text}</a>` : text;
    },
    code({ text }) {
      // A click puts it into the terminal: see prose.tsx.
      return `<pre data-command><code>${escape(text)}</code></pre>`;
    },
  },
});

export const renderMarkdown = (text: string): string => marked.parse(text, { async: false });
