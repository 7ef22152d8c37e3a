import type { ContainerUser } from '../environment/container-user.ts';

/** What the runtime says of one container: the CRI's ContainerStatus. Status and decisions are computed from it alone. */
export interface ContainerRecord {
  /** 64 hexadecimal digits. */
  readonly id: string;
  /** Of the container in the pod's spec. */
  readonly name: string;
  /** How often the container was started before. */
  readonly attempt: number;
  /** As the spec wrote it when the container was made. */
  readonly requestedImage: string;
  /** `docker.io/library/nginx:1.27` */
  readonly image: string;
  /** `docker.io/library/nginx@sha256:…` */
  readonly imageID: string;
  readonly user: Pick<ContainerUser, 'uid' | 'gid' | 'groups'>;
  readonly createdMs: number;
  readonly state: 'created' | 'running' | 'exited';
  /** 0 when it never ran. */
  readonly startedMs: number;
  /** 0 while it runs. */
  readonly finishedMs: number;
  readonly exitCode: number;
  /** `Completed`, `Error`, `StartError`, … */
  readonly reason: string;
  readonly message: string;
}

/** Everything the runtime knows of one pod. */
export interface PodRecord {
  /** The sandbox with its network, once it is there. */
  readonly podIP: string | undefined;
  /** How many sandboxes there have been. */
  readonly sandboxes: number;
  /** The latest container of a name. */
  latest(name: string): ContainerRecord | undefined;
  /** The one before it. */
  previous(name: string): ContainerRecord | undefined;
}
