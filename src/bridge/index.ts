export { createBridge, listen, type TlsIdentity } from './server.ts';
export { writeKubeconfig, type Credentials } from './kubeconfig.ts';
export { acceptProtobuf } from './protobuf/accept-protobuf.ts';
