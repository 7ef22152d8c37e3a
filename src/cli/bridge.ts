import { createBridge, listen, writeKubeconfig } from '../bridge/index.ts';
import { fetchAllCode, realHost, serve, Simulation } from '../http/index.ts';
import { profileNames } from '../cluster/index.ts';
import { clusterOptions, fail, parseCommandLine, speedOf, wholeNumber } from './arguments.ts';
import { readJournal, saveJournalAtExit } from './journal-file.ts';
import { tlsIdentities } from './tls-identities.ts';

// `npm run -s bridge -- --port 8001`: a cluster on a port, for the real kubectl. With `--tls`, for users of all sorts.

const { values } = parseCommandLine({
  options: {
    ...clusterOptions,
    port: { type: 'string', default: '8001' },
    profile: { type: 'string', default: 'kubeadm' },
    tls: { type: 'boolean', default: false },
  },
});
if (!profileNames.includes(values.profile)) fail(`--profile takes one of ${profileNames.join(', ')}`);
const saved = values.journal === undefined ? undefined : readJournal(values.journal);
const simulation = await Simulation.resume(
  {
    seed: wholeNumber('seed', values.seed),
    epochMs: Math.floor(Date.now() / 1000) * 1000,
    nodes: wholeNumber('nodes', values.nodes),
    profile: values.profile,
    speed: speedOf(values.speed ?? '1'),
  },
  realHost,
  saved,
);
if (values.journal !== undefined) saveJournalAtExit(values.journal, simulation);

if (values.tls) await fetchAllCode();
const identities = values.tls ? tlsIdentities(simulation.session.cluster) : undefined;
const server = createBridge(serve(simulation), identities?.server);
const port = await listen(server, wholeNumber('port', values.port)).catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
});
const url = `${values.tls ? 'https' : 'http'}://127.0.0.1:${port}`;
const kubeconfig = await writeKubeconfig(url, identities?.admin);
process.stdout.write(`Drydock serves Kubernetes on ${url}\nexport KUBECONFIG=${kubeconfig}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(0));
