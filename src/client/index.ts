export { ConnectError, type KubeApi, type KubeConnection } from './kube-api.ts';
