import type { CodePart } from '../../kernel/index.ts';
import type { FileSystem, Program } from '../../shell/index.ts';

/** What an image holds: its configuration and its files. Each file in this folder describes one image. */
export interface Image {
  /** `docker.io/library/nginx`: registry and repository, normalised. */
  readonly repository: string;
  /** The tags that exist. A `latest` among them is what a reference without a tag means. */
  readonly tags: readonly string[];
  readonly sizeBytes: (tag: string) => number;
  readonly config: (tag: string) => ImageConfig;
  /** A fresh, read-only view of its root file system; shared by all containers of the image. */
  readonly files: (tag: string) => FileSystem;
}

/** Upstream: opencontainers/image-spec config.md */
export interface ImageConfig {
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  /** `0`, `nginx`, `101:101` */
  readonly user?: string;
  readonly exposedPorts?: readonly number[];
  readonly stopSignal?: 'SIGTERM' | 'SIGQUIT' | 'SIGINT';
}

/** What a pull finds. */
export type ImageLookup =
  | {
      readonly found: true;
      readonly image: Image;
      readonly tag: string;
      readonly digest: string;
      readonly sizeBytes: number;
    }
  | {
      readonly found: false;
      readonly reason: 'no-such-tag' | 'no-such-repository' | 'invalid-reference';
      readonly reference: string;
    };

export interface ImageCatalogue {
  /** What has to be here before a reference can be looked up; undefined when there can be no such image. */
  codeFor(reference: string): CodePart | undefined;
  /** Resolves a reference as a registry would. An unknown repository outside the catalogue's own is an opaque program. */
  lookUp(reference: string, listensOn: readonly number[]): ImageLookup;
}

export type { Program };
