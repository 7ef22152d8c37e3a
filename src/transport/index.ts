export { exposeApi } from './expose-api.ts';
export type { FramePort } from './frames.ts';
export { apiOverPort } from './port-api.ts';
