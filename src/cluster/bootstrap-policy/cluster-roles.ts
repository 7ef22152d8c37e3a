/**
 * The cluster roles that every cluster is born with, beside those of the controllers.
 * Upstream: plugin/pkg/auth/authorizer/rbac/bootstrappolicy/policy.go (1.35, default feature gates)
 */
export const clusterRoleTable = `
cluster-admin
  * * *
  * url *
system:discovery
  get url /livez /readyz /healthz /version /version/ /openapi /openapi/* /api /api/* /apis /apis/*
system:monitoring
  get url /metrics /metrics/slis /livez /readyz /healthz /livez/* /readyz/* /healthz/*
system:basic-user
  create authorization.k8s.io selfsubjectaccessreviews selfsubjectrulesreviews
  create authentication.k8s.io selfsubjectreviews
system:public-info-viewer
  get url /livez /readyz /healthz /version /version/
system:aggregate-to-admin
  create authorization.k8s.io localsubjectaccessreviews
  readwrite rbac.authorization.k8s.io roles rolebindings
system:aggregate-to-edit
  read core pods/attach pods/proxy pods/exec pods/portforward secrets services/proxy
  impersonate core serviceaccounts
  write core pods pods/attach pods/proxy pods/exec pods/portforward
  create core pods/eviction
  write core configmaps events persistentvolumeclaims replicationcontrollers replicationcontrollers/scale secrets serviceaccounts services services/proxy
  create core serviceaccounts/token
  write apps daemonsets deployments deployments/rollback deployments/scale replicasets replicasets/scale statefulsets statefulsets/scale
  write autoscaling horizontalpodautoscalers
  write batch cronjobs jobs
  write extensions daemonsets deployments deployments/rollback deployments/scale ingresses networkpolicies replicasets replicasets/scale replicationcontrollers/scale
  write policy poddisruptionbudgets
  write networking.k8s.io ingresses networkpolicies
  readwrite coordination.k8s.io leases
  write resource.k8s.io resourceclaims resourceclaimtemplates
system:aggregate-to-view
  read core configmaps endpoints persistentvolumeclaims persistentvolumeclaims/status pods replicationcontrollers replicationcontrollers/scale serviceaccounts services services/status
  read core bindings events limitranges namespaces/status pods/log pods/status replicationcontrollers/status resourcequotas resourcequotas/status
  read core namespaces
  read discovery.k8s.io endpointslices
  read apps controllerrevisions daemonsets daemonsets/status deployments deployments/scale deployments/status replicasets replicasets/scale replicasets/status statefulsets statefulsets/scale statefulsets/status
  read autoscaling horizontalpodautoscalers horizontalpodautoscalers/status
  read batch cronjobs cronjobs/status jobs jobs/status
  read extensions daemonsets daemonsets/status deployments deployments/scale deployments/status ingresses ingresses/status networkpolicies replicasets replicasets/scale replicasets/status replicationcontrollers/scale
  read policy poddisruptionbudgets poddisruptionbudgets/status
  read networking.k8s.io ingresses ingresses/status networkpolicies
  read resource.k8s.io resourceclaims resourceclaims/status resourceclaimtemplates
system:heapster
  read core events namespaces nodes pods
  read extensions deployments
system:node
  create authentication.k8s.io tokenreviews
  create authorization.k8s.io localsubjectaccessreviews subjectaccessreviews
  read core services
  create,get,list,watch core nodes
  patch,update core nodes/status
  patch,update core nodes
  create,patch,update core events
  read core pods
  create,delete core pods
  patch,update core pods/status
  create core pods/eviction
  read core configmaps secrets
  get core persistentvolumeclaims persistentvolumes
  get core endpoints
  create,get,list,watch certificates.k8s.io certificatesigningrequests
  create,delete,get,patch,update coordination.k8s.io leases
  get storage.k8s.io volumeattachments
  create core serviceaccounts/token
  get,patch,update core persistentvolumeclaims/status
  read storage.k8s.io csidrivers
  create,delete,get,patch,update storage.k8s.io csinodes
  read node.k8s.io runtimeclasses
  get resource.k8s.io resourceclaims
  deletecollection resource.k8s.io resourceslices
  get core serviceaccounts
system:node-problem-detector
  get core nodes
  patch core nodes/status
  events
system:kubelet-api-admin
  read core nodes
  proxy core nodes
  * core nodes/log nodes/metrics nodes/proxy nodes/stats
  * core nodes/configz nodes/healthz nodes/pods
system:node-bootstrapper
  create,get,list,watch certificates.k8s.io certificatesigningrequests
system:auth-delegator
  create authentication.k8s.io tokenreviews
  create authorization.k8s.io subjectaccessreviews
system:kube-aggregator
  read core endpoints services
system:kube-controller-manager
  events
  create coordination.k8s.io leases
  get,update coordination.k8s.io leases = kube-controller-manager
  create core secrets serviceaccounts
  delete core secrets
  get core configmaps namespaces secrets serviceaccounts
  update core secrets serviceaccounts
  create authentication.k8s.io tokenreviews
  create authorization.k8s.io subjectaccessreviews
  list,watch * *
  create core serviceaccounts/token
system:kube-dns
  list,watch core endpoints services
system:persistent-volume-provisioner
  create,delete,get,list,watch core persistentvolumes
  get,list,update,watch core persistentvolumeclaims
  read storage.k8s.io storageclasses
  watch core events
  events
system:certificates.k8s.io:certificatesigningrequests:nodeclient
  create certificates.k8s.io certificatesigningrequests/nodeclient
system:certificates.k8s.io:certificatesigningrequests:selfnodeclient
  create certificates.k8s.io certificatesigningrequests/selfnodeclient
system:volume-scheduler
  get,list,patch,update,watch core persistentvolumes
  read storage.k8s.io storageclasses
  get,list,patch,update,watch core persistentvolumeclaims
system:certificates.k8s.io:legacy-unknown-approver
  approve certificates.k8s.io signers = kubernetes.io/legacy-unknown
system:certificates.k8s.io:kubelet-serving-approver
  approve certificates.k8s.io signers = kubernetes.io/kubelet-serving
system:certificates.k8s.io:kube-apiserver-client-approver
  approve certificates.k8s.io signers = kubernetes.io/kube-apiserver-client
system:certificates.k8s.io:kube-apiserver-client-kubelet-approver
  approve certificates.k8s.io signers = kubernetes.io/kube-apiserver-client-kubelet
system:service-account-issuer-discovery
  get url /.well-known/openid-configuration /.well-known/openid-configuration/ /openid/v1/jwks /openid/v1/jwks/
system:node-proxier
  list,watch core endpoints services
  read core nodes
  events
  list,watch networking.k8s.io servicecidrs
  list,watch discovery.k8s.io endpointslices
system:kube-scheduler
  events
  create coordination.k8s.io leases
  get,list,update,watch coordination.k8s.io leases = kube-scheduler
  readwrite coordination.k8s.io leasecandidates
  read core nodes
  delete,get,list,watch core pods
  create core bindings pods/binding
  patch,update core pods/status
  read core replicationcontrollers services
  read apps,extensions replicasets
  read apps statefulsets
  read policy poddisruptionbudgets
  read core persistentvolumeclaims persistentvolumes
  create authentication.k8s.io tokenreviews
  create authorization.k8s.io subjectaccessreviews
  read storage.k8s.io csinodes
  read storage.k8s.io volumeattachments
  read core namespaces
  read storage.k8s.io csidrivers
  read storage.k8s.io csistoragecapacities
  read resource.k8s.io deviceclasses
  get,list,patch,update,watch resource.k8s.io resourceclaims
  get,list,patch,update,watch resource.k8s.io resourceclaims/status
  get,list,patch,update,watch core pods/finalizers
  read resource.k8s.io resourceslices
`;

/** The cluster roles that are put together from others, by the label that the others carry; and their own label, if any. */
export const aggregatedClusterRoles: readonly (readonly [name: string, from: string, to?: string])[] = [
  ['admin', 'admin'],
  ['edit', 'edit', 'admin'],
  ['view', 'view', 'edit'],
];

/** Which of the cluster roles above count towards which aggregated one. */
export const aggregationLabels: Readonly<Record<string, string>> = {
  'system:aggregate-to-admin': 'admin',
  'system:aggregate-to-edit': 'edit',
  'system:aggregate-to-view': 'view',
};

/** Who has which of them: cluster role, then subjects as `Kind:name`. */
export const clusterRoleBindingTable: readonly (readonly [role: string, ...subjects: string[]])[] = [
  ['cluster-admin', 'Group:system:masters'],
  ['system:monitoring', 'Group:system:monitoring'],
  ['system:discovery', 'Group:system:authenticated'],
  ['system:basic-user', 'Group:system:authenticated'],
  ['system:public-info-viewer', 'Group:system:authenticated', 'Group:system:unauthenticated'],
  ['system:node-proxier', 'User:system:kube-proxy'],
  ['system:kube-controller-manager', 'User:system:kube-controller-manager'],
  ['system:kube-dns', 'ServiceAccount:kube-system:kube-dns'],
  ['system:kube-scheduler', 'User:system:kube-scheduler'],
  ['system:volume-scheduler', 'User:system:kube-scheduler'],
  // Nodes are the Node authorizer's affair; the binding is kept without subjects.
  ['system:node'],
  ['system:service-account-issuer-discovery', 'Group:system:serviceaccounts'],
];
