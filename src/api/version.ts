/** The Kubernetes whose behaviour this is: the one place that says so. */
export const kubernetesVersion = { major: '1', minor: '35', gitVersion: 'v1.35.2' } as const;
