export { createBridge, listen } from './server.ts';
export { writeKubeconfig } from './kubeconfig.ts';
export { acceptProtobuf } from './protobuf/accept-protobuf.ts';
