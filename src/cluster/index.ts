export {
  isStream,
  type ApiRequest,
  type ApiResponse,
  type ApiSink,
  type RemoteSession,
} from './apiserver/api-request.ts';
export { createCluster, type Cluster, type ClusterOptions } from './cluster.ts';
export { sendRequest, type RequestOrder } from './requests/send-request.ts';
export { profileNames } from './profile.ts';
