import type { FlagSet } from '../flags/flag-set.ts';

/** The flags that every command takes. Upstream: cli-runtime/pkg/genericclioptions/config_flags.go */
export function declareGlobalFlags(flags: FlagSet): void {
  flags.string('as', 'Act as this user. It may be a person or a service account in a namespace.');
  flags.stringArray('as-group', 'Act as a member of this group; repeat it for several groups.');
  flags.string('as-uid', 'Act with this UID.');
  flags.stringArray(
    'as-user-extra',
    'Act with these extra attributes of a user; repeat it for several values of a key.',
  );
  flags.string('cache-dir', 'The directory of the cache', { initial: '', shownDefault: '/home/learner/.kube/cache' });
  flags.string('certificate-authority', 'File with the certificate of the authority to trust');
  flags.string('client-certificate', 'File with the client certificate for TLS');
  flags.string('client-key', 'File with the client key for TLS');
  flags.string('cluster', 'The cluster of the kubeconfig to use');
  flags.string('context', 'The context of the kubeconfig to use');
  flags.bool('disable-compression', 'Ask the server for answers without compression');
  flags.bool('insecure-skip-tls-verify', "Don't check the server's certificate. Connections are not secure then.");
  flags.string('kubeconfig', 'The kubeconfig file to use.');
  flags.string('kuberc', 'The kuberc file with preferences to use.');
  flags.duration('log-flush-frequency', 'The longest time between flushes of the log', { initialMs: 5000 });
  flags.bool('match-server-version', 'Fail when the versions of server and client differ');
  flags.string('namespace', 'The namespace that this request is about', { short: 'n' });
  flags.string('password', 'Password for basic authentication');
  flags.string('profile', 'The profile to record: none, cpu, heap, goroutine, threadcreate, block, mutex or trace', {
    initial: 'none',
  });
  flags.string('profile-output', 'The file that the profile is written to', { initial: 'profile.pprof' });
  flags.string('request-timeout', 'How long to wait for one request, with a unit (1s, 2m, 3h). Zero means for ever.', {
    initial: '0',
  });
  flags.string('server', 'Address and port of the API server', { short: 's' });
  flags.string('tls-server-name', "The name that the server's certificate must have, where it is not the host name");
  flags.string('token', 'Bearer token for authentication');
  flags.string('user', 'The user of the kubeconfig to use');
  flags.string('username', 'User name for basic authentication');
  flags.integer('v', 'How much to log', { short: 'v', shownDefault: '0' });
  flags.string('vmodule', 'pattern=N settings for single files, with commas between them', { shownDefault: '' });
  flags.bool('warnings-as-errors', 'Exit with a failure when the server sends a warning');
}
