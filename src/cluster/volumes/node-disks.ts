import type { MemoryFileSystem } from '../../shell/index.ts';

/** The disk of a node; undefined when there is no such node. */
export type NodeDisks = (nodeName: string) => MemoryFileSystem | undefined;
