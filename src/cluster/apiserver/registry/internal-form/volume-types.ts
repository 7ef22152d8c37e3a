/** Fields of volumes in the order in which the API server holds them. Format: `struct-types.ts`. */
export const volumeTypes: Readonly<Record<string, string>> = {
  Volume: 'Name +VolumeSource',
  VolumeSource:
    'HostPath:*HostPathVolumeSource EmptyDir:*EmptyDirVolumeSource GCEPersistentDisk:*GCEPersistentDiskVolumeSource AWSElasticBlockStore:*AWSElasticBlockStoreVolumeSource GitRepo:*GitRepoVolumeSource Secret:*SecretVolumeSource NFS:*NFSVolumeSource ISCSI:*ISCSIVolumeSource Glusterfs:*GlusterfsVolumeSource PersistentVolumeClaim:*PersistentVolumeClaimVolumeSource RBD:*RBDVolumeSource Quobyte:*QuobyteVolumeSource FlexVolume:*FlexVolumeSource Cinder:*CinderVolumeSource CephFS=cephfs:*CephFSVolumeSource Flocker:*FlockerVolumeSource DownwardAPI:*DownwardAPIVolumeSource FC:*FCVolumeSource AzureFile:*AzureFileVolumeSource ConfigMap:*ConfigMapVolumeSource VsphereVolume:*VsphereVirtualDiskVolumeSource AzureDisk:*AzureDiskVolumeSource PhotonPersistentDisk:*PhotonPersistentDiskVolumeSource Projected:*ProjectedVolumeSource PortworxVolume:*PortworxVolumeSource ScaleIO:*ScaleIOVolumeSource StorageOS=storageos:*StorageOSVolumeSource CSI:*CSIVolumeSource Ephemeral:*EphemeralVolumeSource Image:*ImageVolumeSource',
  VolumeMount: 'Name ReadOnly:b RecursiveReadOnly:? MountPath SubPath MountPropagation:? SubPathExpr',
  VolumeDevice: 'Name DevicePath',
  HostPathVolumeSource: 'Path Type:?',
  EmptyDirVolumeSource: 'Medium SizeLimit:?',
  GCEPersistentDiskVolumeSource: 'PDName FSType Partition:n ReadOnly:b',
  AWSElasticBlockStoreVolumeSource: 'VolumeID FSType Partition:n ReadOnly:b',
  GitRepoVolumeSource: 'Repository Revision Directory',
  SecretVolumeSource: 'SecretName Items:[]KeyToPath DefaultMode:? Optional:?',
  NFSVolumeSource: 'Server Path ReadOnly:b',
  ISCSIVolumeSource:
    'TargetPortal IQN Lun:n ISCSIInterface FSType ReadOnly:b Portals:? DiscoveryCHAPAuth=chapAuthDiscovery:b SessionCHAPAuth=chapAuthSession:b SecretRef:*LocalObjectReference InitiatorName:?',
  GlusterfsVolumeSource: 'EndpointsName=endpoints Path ReadOnly:b',
  PersistentVolumeClaimVolumeSource: 'ClaimName ReadOnly:b',
  RBDVolumeSource:
    'CephMonitors=monitors:? RBDImage=image FSType RBDPool=pool RadosUser=user Keyring SecretRef:*LocalObjectReference ReadOnly:b',
  QuobyteVolumeSource: 'Registry Volume ReadOnly:b User Group Tenant',
  FlexVolumeSource: 'Driver FSType SecretRef:*LocalObjectReference ReadOnly:b Options:?',
  CinderVolumeSource: 'VolumeID FSType ReadOnly:b SecretRef:*LocalObjectReference',
  CephFSVolumeSource: 'Monitors:? Path User SecretFile SecretRef:*LocalObjectReference ReadOnly:b',
  FlockerVolumeSource: 'DatasetName DatasetUUID',
  DownwardAPIVolumeSource: 'Items:[]DownwardAPIVolumeFile DefaultMode:?',
  FCVolumeSource: 'TargetWWNs:? Lun:? FSType ReadOnly:b WWIDs=wwids:?',
  AzureFileVolumeSource: 'SecretName ShareName ReadOnly:b',
  ConfigMapVolumeSource: '+LocalObjectReference Items:[]KeyToPath DefaultMode:? Optional:?',
  VsphereVirtualDiskVolumeSource: 'VolumePath FSType StoragePolicyName StoragePolicyID',
  AzureDiskVolumeSource: 'DiskName DataDiskURI=diskURI CachingMode:? FSType:? ReadOnly:? Kind:?',
  PhotonPersistentDiskVolumeSource: 'PdID FSType',
  ProjectedVolumeSource: 'Sources:[]VolumeProjection DefaultMode:?',
  PortworxVolumeSource: 'VolumeID FSType ReadOnly:b',
  ScaleIOVolumeSource:
    'Gateway System SecretRef:*LocalObjectReference SSLEnabled:b ProtectionDomain StoragePool StorageMode VolumeName FSType ReadOnly:b',
  StorageOSVolumeSource: 'VolumeName VolumeNamespace FSType ReadOnly:b SecretRef:*LocalObjectReference',
  CSIVolumeSource: 'Driver ReadOnly:? FSType:? VolumeAttributes:? NodePublishSecretRef:*LocalObjectReference',
  EphemeralVolumeSource: 'VolumeClaimTemplate:*PersistentVolumeClaimTemplate',
  ImageVolumeSource: 'Reference PullPolicy',
  KeyToPath: 'Key Path Mode:?',
  DownwardAPIVolumeFile: 'Path FieldRef:*ObjectFieldSelector ResourceFieldRef:*ResourceFieldSelector Mode:?',
  VolumeProjection:
    'Secret:*SecretProjection DownwardAPI:*DownwardAPIProjection ConfigMap:*ConfigMapProjection ServiceAccountToken:*ServiceAccountTokenProjection ClusterTrustBundle:*ClusterTrustBundleProjection PodCertificate:*PodCertificateProjection',
  PersistentVolumeClaimTemplate: '+ObjectMeta Spec:PersistentVolumeClaimSpec',
  ObjectFieldSelector: 'APIVersion FieldPath',
  ResourceFieldSelector: 'ContainerName Resource Divisor:q',
  SecretProjection: '+LocalObjectReference Items:[]KeyToPath Optional:?',
  DownwardAPIProjection: 'Items:[]DownwardAPIVolumeFile',
  ConfigMapProjection: '+LocalObjectReference Items:[]KeyToPath Optional:?',
  ServiceAccountTokenProjection: 'Audience ExpirationSeconds:n Path',
  ClusterTrustBundleProjection: 'Name:? SignerName:? LabelSelector:*LabelSelector Optional:? Path',
  PodCertificateProjection:
    'SignerName KeyType MaxExpirationSeconds:? CredentialBundlePath KeyPath CertificateChainPath',
  PersistentVolumeClaimSpec:
    'AccessModes:? Selector:*LabelSelector Resources:VolumeResourceRequirements VolumeName StorageClassName:? VolumeMode:? DataSource:*TypedLocalObjectReference DataSourceRef:*TypedObjectReference VolumeAttributesClassName:?',
  VolumeResourceRequirements: 'Limits:? Requests:?',
  TypedLocalObjectReference: 'APIGroup:? Kind Name',
  TypedObjectReference: 'APIGroup:? Kind Name Namespace:?',
  PersistentVolumeSource:
    'GCEPersistentDisk:*GCEPersistentDiskVolumeSource AWSElasticBlockStore:*AWSElasticBlockStoreVolumeSource HostPath:*HostPathVolumeSource Glusterfs:*GlusterfsPersistentVolumeSource NFS:*NFSVolumeSource RBD:*RBDPersistentVolumeSource Quobyte:*QuobyteVolumeSource ISCSI:*ISCSIPersistentVolumeSource FlexVolume:*FlexPersistentVolumeSource Cinder:*CinderPersistentVolumeSource CephFS=cephfs:*CephFSPersistentVolumeSource FC:*FCVolumeSource Flocker:*FlockerVolumeSource AzureFile:*AzureFilePersistentVolumeSource VsphereVolume:*VsphereVirtualDiskVolumeSource AzureDisk:*AzureDiskVolumeSource PhotonPersistentDisk:*PhotonPersistentDiskVolumeSource PortworxVolume:*PortworxVolumeSource ScaleIO:*ScaleIOPersistentVolumeSource Local:*LocalVolumeSource StorageOS=storageos:*StorageOSPersistentVolumeSource CSI:*CSIPersistentVolumeSource',
  SecretReference: 'Name Namespace',
  GlusterfsPersistentVolumeSource: 'EndpointsName=endpoints Path ReadOnly:b EndpointsNamespace:?',
  RBDPersistentVolumeSource:
    'CephMonitors=monitors:? RBDImage=image FSType RBDPool=pool RadosUser=user Keyring SecretRef:*SecretReference ReadOnly:b',
  ISCSIPersistentVolumeSource:
    'TargetPortal IQN Lun:n ISCSIInterface FSType ReadOnly:b Portals:? DiscoveryCHAPAuth=chapAuthDiscovery:b SessionCHAPAuth=chapAuthSession:b SecretRef:*SecretReference InitiatorName:?',
  FlexPersistentVolumeSource: 'Driver FSType SecretRef:*SecretReference ReadOnly:b Options:?',
  CinderPersistentVolumeSource: 'VolumeID FSType ReadOnly:b SecretRef:*SecretReference',
  CephFSPersistentVolumeSource: 'Monitors:? Path User SecretFile SecretRef:*SecretReference ReadOnly:b',
  AzureFilePersistentVolumeSource: 'SecretName ShareName ReadOnly:b SecretNamespace:?',
  ScaleIOPersistentVolumeSource:
    'Gateway System SecretRef:*SecretReference SSLEnabled:b ProtectionDomain StoragePool StorageMode VolumeName FSType ReadOnly:b',
  LocalVolumeSource: 'Path FSType:?',
  StorageOSPersistentVolumeSource: 'VolumeName VolumeNamespace FSType ReadOnly:b SecretRef:?',
  CSIPersistentVolumeSource:
    'Driver VolumeHandle ReadOnly:b FSType VolumeAttributes:? ControllerPublishSecretRef:*SecretReference NodeStageSecretRef:*SecretReference NodePublishSecretRef:*SecretReference ControllerExpandSecretRef:*SecretReference NodeExpandSecretRef:*SecretReference',
  VolumeNodeAffinity: 'Required:*NodeSelector',
};
