export { createBridge, listen } from './server.ts';
export { writeKubeconfig } from './kubeconfig.ts';
