import type { Node, Pod } from '../../api/generated/types.ts';
import type { RandomStream, VirtualClock } from '../../kernel/index.ts';
import type { MemoryFileSystem } from '../../shell/index.ts';
import type { ComponentContext } from '../informers/component-context.ts';
import type { ResourceClient } from '../informers/api-client.ts';
import type { Network } from '../network/index.ts';
import type { Admission } from './admission.ts';
import type { ConfigSource } from './environment/config-source.ts';
import type { ImageStore } from './images/image-store.ts';
import type { NodeDescription } from './node-description.ts';
import type { Pleg } from './pleg.ts';
import type { DeviceFiles } from './runtime/device-files.ts';
import type { ConfigFeed } from './volumes/config-feed.ts';
import type { PersistentStorage } from './volumes/persistent-storage.ts';

/** What the pods of one node share. */
export interface NodeParts {
  readonly context: ComponentContext;
  readonly clock: VirtualClock;
  readonly random: RandomStream;
  readonly node: NodeDescription;
  readonly network: Network;
  readonly images: ImageStore;
  readonly pleg: Pleg;
  readonly admission: Admission;
  readonly config: ConfigSource;
  readonly configFeed: ConfigFeed;
  readonly devices: DeviceFiles;
  readonly files: MemoryFileSystem;
  readonly storage: PersistentStorage;
  readonly allocatable: Readonly<Record<string, string>>;
  readonly pods: ResourceClient<Pod>;
  /** Whether the API server can be reached at the moment. */
  readonly isConnected: () => boolean;
  /** The node's own object, as far as the watch has told. */
  readonly currentNode: () => Node | undefined;
}
