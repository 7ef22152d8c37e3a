import type { KubeObject } from '../../api/index.ts';

/**
 * Writes Events about objects, and counts up a repeated one instead of writing it again.
 * Upstream: client-go/tools/record (aggregation and spam filter included)
 */
export interface EventRecorder {
  /** @param fieldPath e.g. `spec.containers{web}` for what is about one container */
  record(about: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string, fieldPath?: string): void;
}
