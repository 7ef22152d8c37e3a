export { channels, execInPod, exitOf, type ExecResult } from './exec.ts';
export { ConnectError, type KubeApi, type KubeConnection } from './kube-api.ts';
export { collectionUrl, KubeClient, type ListOptions, type ResourcePath, type WatchEvent } from './kube-client.ts';
export { readLines } from './read-lines.ts';
export { signalOf } from './signal-of.ts';
