import { fetchAllCode } from '../http/index.ts';
import { parseCommandLine, wholeNumber } from './arguments.ts';
import { runFuzz } from './fuzz/run-fuzz.ts';

// `npm run -s fuzz -- --requests 100000 --seed 1`: random requests, good and bad; exit status 1 when an answer is not as it must be.

const { values } = parseCommandLine({
  options: { requests: { type: 'string', default: '10000' }, seed: { type: 'string', default: '1' } },
});
await fetchAllCode();
const startMs = performance.now();
const { requests, statuses, failures, slowestMs } = await runFuzz({
  requests: wholeNumber('requests', values.requests),
  seed: wholeNumber('seed', values.seed),
  isTimed: true,
});
for (const { index, request, complaint } of failures) {
  const what = request ? `request ${index}: ${request.method} ${request.url}` : 'at the end';
  const body = request?.body ? `\n  body ${Buffer.from(request.body).toString('latin1').slice(0, 1000)}` : '';
  const headers = request ? `\n  headers ${JSON.stringify(request.headers)}` : '';
  process.stdout.write(`${what}${headers}${body}\n  ${complaint}\n\n`);
}
const counts = [...statuses].sort(([a], [b]) => a - b).map(([status, count]) => `${status}: ${count}`);
const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
process.stdout.write(
  `${requests} requests in ${seconds} s, slowest ${slowestMs.toFixed(1)} ms; ${counts.join(', ')}\n`,
);
process.stdout.write(`${failures.length} failures\n`);
process.exit(failures.length > 0 ? 1 : 0);
