import { formatTime, reasonPhrases, type FileSystem } from '../../../shell/index.ts';

/** Where nginx's own wording for a status differs from today's registry. */
const ownPhrases: Readonly<Record<number, string>> = {
  302: 'Found',
  405: 'Not Allowed',
  408: 'Request Time-out',
  413: 'Request Entity Too Large',
  414: 'Request-URI Too Large',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
};

/** The page that nginx makes for a status when no error_page is set. */
export function errorPage(status: number, server: string): string {
  const title = `${status} ${ownPhrases[status] ?? reasonPhrases[status] ?? ''}`.trim();
  return [
    '<html>',
    `<head><title>${title}</title></head>`,
    '<body>',
    `<center><h1>${title}</h1></center>`,
    `<hr><center>${server}</center>`,
    '</body>',
    '</html>',
    '',
  ].join('\r\n');
}

/** `autoindex on` */
export function listingPage(files: FileSystem, directory: string, path: string): string {
  const rows = files.list(directory).flatMap((name) => {
    const stat = files.stat(`${directory}/${name}`);
    if (!stat) return [];
    const shown = stat.type === 'directory' ? `${name}/` : name;
    const time = formatTime('%d-%b-%Y %H:%M', stat.modifiedMs);
    const size = stat.type === 'directory' ? '-' : String(stat.size);
    const label = shown.length > 50 ? `${shown.slice(0, 47)}..&gt;` : shown;
    return [
      `<a href="${encodeURIComponent(name)}${stat.type === 'directory' ? '/' : ''}">${label}</a>${' '.repeat(Math.max(1, 51 - shown.length))}${time}${size.padStart(20)}`,
    ];
  });
  const title = `Index of ${path}`;
  return `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<h1>${title}</h1><hr><pre><a href="../">../</a>\r\n${rows.join('\r\n')}\r\n</pre><hr></body>\r\n</html>\r\n`;
}

/** What a fresh nginx shows. The text is ours; title and heading are what people look for. */
export const welcomePage = `<!DOCTYPE html>
<html>
<head>
<title>Welcome to nginx!</title>
<style>
html { color-scheme: light dark; }
body { width: 35em; margin: 0 auto; font-family: Tahoma, Verdana, Arial, sans-serif; }
</style>
</head>
<body>
<h1>Welcome to nginx!</h1>
<p>The web server is running and serves this file because nobody has given it another one yet.
Put your own pages into /usr/share/nginx/html, or mount a volume there.</p>

<p>Its configuration is read from /etc/nginx/nginx.conf and /etc/nginx/conf.d.</p>
</body>
</html>
`;

/** What a server error shows. */
export const troublePage = `<!DOCTYPE html>
<html>
<head>
<title>Error</title>
</head>
<body>
<h1>Something went wrong.</h1>
<p>The page cannot be shown right now. The error log of this server says more.</p>
</body>
</html>
`;
