/** Short names, always in this order. Upstream: GetAccessModesAsString in pkg/apis/core/helper/helpers.go */
const shortNames: Readonly<Record<string, string>> = {
  ReadWriteOnce: 'RWO',
  ReadOnlyMany: 'ROX',
  ReadWriteMany: 'RWX',
  ReadWriteOncePod: 'RWOP',
};

/** `RWO,ROX` */
export function accessModesCell(modes: readonly string[] | undefined): string {
  return Object.keys(shortNames)
    .filter((mode) => modes?.includes(mode))
    .map((mode) => shortNames[mode])
    .join(',');
}

interface Classed {
  readonly metadata: { readonly annotations?: Readonly<Record<string, string>> };
  readonly spec?: { readonly storageClassName?: string };
}

export const betaClassAnnotation = 'volume.beta.kubernetes.io/storage-class';

/** The storage class, in whichever place it is named. */
export function storageClassOf({ metadata, spec }: Classed): string {
  return metadata.annotations?.[betaClassAnnotation] ?? spec?.storageClassName ?? '';
}
