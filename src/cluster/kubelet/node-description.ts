/** A machine that can run pods. */
export interface NodeDescription {
  readonly name: string;
  /** Cores, as a quantity: `4`. */
  readonly cpu: string;
  /** `8Gi` */
  readonly memory: string;
  /** How many pods it takes at most. */
  readonly pods: number;
  readonly labels?: Readonly<Record<string, string>>;
  readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
  /** `control-plane`, `worker`: become node-role labels. */
  readonly roles?: readonly string[];
  /** `172.18.0.2` */
  readonly address: string;
}
