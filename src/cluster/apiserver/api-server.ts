import { createSchemaCatalog, type KubeObject } from '../../api/index.ts';
import type {
  Binding,
  Eviction,
  Namespace,
  Node,
  Pod,
  ResourceQuota,
  Secret,
  Service,
  ServiceAccount,
  TokenRequestSpec,
} from '../../api/generated/types.ts';
import { invariant, type Cancel, type CodePart, type RandomStream, type VirtualClock } from '../../kernel/index.ts';
import { nodeRules } from '../bootstrap-policy/index.ts';
import type { ClusterProfile } from '../profile.ts';
import { CertificateAuthority } from '../pki/certificate-authority.ts';
import { requestedOrganizations } from '../pki/requested-organizations.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Store } from '../store/index.ts';
import type { Trace } from '../trace.ts';
import { validatingAdmissionPolicy } from './admission/policies/validating-admission-policy.ts';
import { certificateDecisions, certificateSubject } from './admission/certificates.ts';
import { terminatingCustomResource } from './admission/terminating-custom-resource.ts';
import { Admission, type Attributes } from './admission/admission.ts';
import { defaultPlugins } from './admission/default-plugins.ts';
import type { QuotaAccess } from './admission/resource-quota.ts';
import type { ApiRequest, ApiResponse, RemoteSession } from './api-request.ts';
import type { Policy } from './auth/component-permissions.ts';
import { alwaysAllow, firstThatAllows } from './auth/authorize.ts';
import { nodeAuthorizer } from './auth/node/node-authorizer.ts';
import { noEscalation } from './auth/rbac/escalation.ts';
import { rbacAuthorizer } from './auth/rbac/rbac-authorizer.ts';
import { RuleResolver } from './auth/rbac/rule-resolver.ts';
import { ServiceAccountTokens } from './auth/service-account-tokens.ts';
import { ObjectCodec } from './codec/object-codec.ts';
import { CustomResources } from './custom-resources/custom-resources.ts';
import { Discovery } from './discovery/discovery.ts';
import { OpenApiPages } from './discovery/open-api-pages.ts';
import { FieldLedger } from './managed-fields/field-ledger.ts';
import {
  clusterRoleBindings,
  clusterRoles,
  customResourceDefinitions,
  validatingAdmissionPolicies,
  validatingAdmissionPolicyBindings,
  events,
  ipAddresses,
  namespaces,
  nodes,
  persistentVolumes,
  podDisruptionBudgets,
  pods,
  resourceQuotas,
  resources,
  roleBindings,
  roles,
  secrets,
  serviceAccounts,
  services,
  unstoredResources,
  versionViews,
} from './registry/index.ts';
import { RequestPipeline } from './request-pipeline.ts';
import type { RequestContext, ResourceDefinition, UserInfo } from './resource-definition.ts';
import { expire } from './rest/expiry.ts';
import { ResourceStore } from './rest/resource-store.ts';
import { parseServiceRange, ServiceAddresses } from './rest/service-addresses.ts';
import { FixedStore } from './rest/fixed-store.ts';
import type { ObjectStore } from './rest/object-store.ts';
import { ServiceIpRecords } from './rest/service-ip-records.ts';
import { VersionStore } from './rest/version-store.ts';
import { storagePrefix } from './rest/storage-prefix.ts';
import type { WriteOptions } from './rest/write-options.ts';
import { virtualResources } from './reviews/reviews.ts';
import { bindPod } from './subresources/binding.ts';
import { evictPod } from './subresources/eviction.ts';
import { finalizeNamespace } from './subresources/finalize.ts';
import { issueToken, type IssuedToken } from './subresources/issue-token.ts';
import { Kubelets } from './subresources/kubelets.ts';
import type { KubeletServer } from '../kubelet/kubelet-server.ts';

export interface ApiServerParts {
  readonly clock: VirtualClock;
  readonly random: RandomStream;
  readonly trace: Trace;
  readonly metrics: Metrics;
  readonly store: Store;
  readonly profile: Pick<ClusterProfile, 'serviceCidr' | 'disabledAdmissionPlugins' | 'tokens' | 'allowsEverything'>;
  readonly findKubelet: (nodeName: string) => KubeletServer | undefined;
  readonly reportBug: (error: unknown, request: ApiRequest) => void;
}

/** As whom the API server writes what nobody asked it to. */
const self: UserInfo = { name: 'system:apiserver', groups: ['system:masters'] };

/** kube-apiserver's --event-ttl. */
const eventLifetimeMs = 3_600_000;

/**
 * The API server: the only one who talks to the store.
 * Upstream: cmd/kube-apiserver, apiserver/pkg/server
 */
export class ApiServer {
  readonly tokens: ServiceAccountTokens;
  /** Who signs the certificates of the cluster. */
  readonly authority: CertificateAuthority;
  readonly kubelets: Kubelets;
  readonly openApi: OpenApiPages;
  /** Who has which rules. */
  readonly rules: RuleResolver;
  /** Who may do what. */
  readonly policy: Policy;
  readonly #admission: Admission;
  readonly #clock: VirtualClock;
  readonly #stores = new Map<string, ResourceStore>();
  readonly #views = new Map<string, ObjectStore>();
  readonly #custom: CustomResources;
  readonly #pipeline: RequestPipeline;
  #now = { second: Number.NaN, text: '' };

  constructor({ clock, random, trace, metrics, store, profile, findKubelet, reportBug }: ApiServerParts) {
    this.#clock = clock;
    const collectionOf = <T extends KubeObject>(definition: ResourceDefinition<T>) =>
      store.collection<T>(storagePrefix(definition));
    const others = [...versionViews, ...unstoredResources, ...virtualResources];
    const served = [...resources, ...others.map(({ definition }) => definition)];
    this.rules = new RuleResolver({
      roles: collectionOf(roles),
      clusterRoles: collectionOf(clusterRoles),
      roleBindings: collectionOf(roleBindings),
      clusterRoleBindings: collectionOf(clusterRoleBindings),
    });
    const authorize = firstThatAllows([
      nodeAuthorizer({ pods: collectionOf<Pod>(pods), persistentVolumes: collectionOf(persistentVolumes) }, nodeRules),
      rbacAuthorizer(this.rules),
      ...(profile.allowsEverything ? [alwaysAllow] : []),
    ]);
    const { rules } = this;
    this.policy = {
      authorize,
      get generation() {
        return rules.generation;
      },
    };
    const ledger = new FieldLedger();
    const catalog = createSchemaCatalog();
    const codec = new ObjectCodec(catalog, served, ledger);
    const quota: QuotaAccess = {
      quotas: collectionOf(resourceQuotas),
      clock,
      charge: (object, used) => this.#chargeQuota(object, used),
    };
    const records = new ServiceIpRecords(
      () => this.storeFor(ipAddresses),
      () => ({ context: this.contextFor(self), fieldManager: 'kube-apiserver' }),
    );
    const parts = {
      ledger,
      schemaOf: (definition: Pick<ResourceDefinition, 'schema' | 'custom'>) => codec.schemaOf(definition),
      clock,
      trace,
      afterWrite: (
        { group, resource }: Pick<ResourceDefinition, 'group' | 'resource'>,
        next: KubeObject | undefined,
        old: KubeObject | undefined,
      ) => {
        if (group === '' && resource === 'services') records.follow(next as Service, old as Service);
      },
      random: random.fork('apiserver'),
      admission: new Admission(
        [
          ...defaultPlugins({ collectionOf, random, quota }),
          terminatingCustomResource,
          ...certificateDecisions(authorize),
          certificateSubject(requestedOrganizations),
          validatingAdmissionPolicy({
            policies: collectionOf(validatingAdmissionPolicies),
            bindings: collectionOf(validatingAdmissionPolicyBindings),
            namespaces: collectionOf<Namespace>(namespaces),
            authorize,
            resourceOf: (apiVersion, kind) => this.#resourceOf(apiVersion, kind),
          }),
          noEscalation(this.rules, authorize),
        ].filter(({ name }) => !profile.disabledAdmissionPlugins.includes(name)),
      ),
      allocator: new ServiceAddresses(
        collectionOf<Service>(services),
        parseServiceRange(profile.serviceCidr),
        random.fork('apiserver/services'),
      ),
    };
    this.#admission = parts.admission;
    for (const definition of resources) {
      this.#stores.set(nameOf(definition), new ResourceStore(definition, collectionOf(definition), parts));
    }
    for (const view of versionViews) {
      const { definition, stored } = view;
      const store = new VersionStore(view, this.storeFor(stored), ledger);
      this.#views.set(`${nameOf(definition)}/${definition.version}`, store);
    }
    for (const { definition, objects } of unstoredResources) {
      this.#views.set(`${nameOf(definition)}/${definition.version}`, new FixedStore(definition, objects, clock));
    }
    countObjects(metrics, this.#stores.values());
    expire(collectionOf(events), eventLifetimeMs, clock);
    this.kubelets = new Kubelets(findKubelet);
    const seed = random.fork('apiserver/tokens').text(64, '0123456789abcdef');
    const bound = {
      accounts: collectionOf<ServiceAccount>(serviceAccounts),
      pods: collectionOf<Pod>(pods),
      secrets: collectionOf<Secret>(secrets),
      nodes: collectionOf<Node>(nodes),
    };
    this.tokens = new ServiceAccountTokens(seed, bound, profile.tokens);
    this.authority = new CertificateAuthority(random.fork('pki'), clock.nowMs);
    this.openApi = new OpenApiPages(served, catalog);
    const discovery = new Discovery(served, (definition) => this.#storedAs(definition));
    this.#custom = new CustomResources({
      definitions: collectionOf(customResourceDefinitions),
      collectionOf,
      storeParts: parts,
      ledger,
      metadata: catalog.type('io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta')!,
      onChange: () => {
        const { discoverable } = this.#custom;
        discovery.setCustom(discoverable);
        this.openApi.setCustom(discoverable);
      },
    });
    this.#pipeline = new RequestPipeline({
      server: this,
      trace,
      metrics,
      codec,
      discovery,
      openApi: this.openApi,
      authorize,
      virtualResources,
      find: (info) => {
        const found = this.#stores.get(nameOf(info));
        if (found?.definition.version === info.version) return found;
        const view = this.#views.get(`${nameOf(info)}/${info.version}`);
        return view ?? this.#custom.find(info.group, info.resource, info.version);
      },
      reportBug,
    });
  }

  /** Answers one request. Never throws: a refusal is a Status, a bug of the simulator a 500. */
  handle(request: ApiRequest): ApiResponse {
    return this.#pipeline.handle(request);
  }

  /** The code that has to be here before `request` is handled; the host fetches it. */
  codeFor(request: ApiRequest): readonly CodePart[] {
    return this.#pipeline.codeFor(request);
  }

  /** Opens exec, attach or port-forward. Throws the ApiError of a refusal. */
  connect(request: ApiRequest): RemoteSession {
    return this.#pipeline.connect(request);
  }

  get nowMs(): number {
    return this.#clock.nowMs;
  }

  /** Calls back once the time has come; reads may use it, since it is no event of the cluster. */
  readonly alarm = (atMs: number, ring: () => void): Cancel => this.#clock.alarm(atMs, ring);

  /** Where the objects of a resource are read and written. */
  storeFor<T extends KubeObject>(definition: ResourceDefinition<T>): ResourceStore<T> {
    const store = this.findStore(definition);
    invariant(store, `the API server serves ${nameOf(definition)}`);
    return store;
  }

  /** The same for a custom resource, which may be gone. */
  findStore<T extends KubeObject>(definition: ResourceDefinition<T>): ResourceStore<T> | undefined {
    return this.#storeOf(definition) as unknown as ResourceStore<T> | undefined;
  }

  /** What is served as `resource` of `group`. */
  definitionOf(group: string, resource: string): ResourceDefinition | undefined {
    return this.#storeOf({ group, resource })?.definition;
  }

  /** Everything that is stored, custom resources included, each in one version. */
  definitions(): readonly ResourceDefinition[] {
    return [...[...this.#stores.values()].map(({ definition }) => definition), ...this.#custom.stored];
  }

  #resourceOf(apiVersion: string, kind: string) {
    const [version, group = ''] = apiVersion.split('/').toReversed();
    const all = this.definitions();
    const definition = all.find((one) => one.kind === kind && one.group === group && one.version === version);
    return definition && { definition, objects: this.storeFor(definition).collection };
  }

  #storedAs(definition: ResourceDefinition): ResourceDefinition | undefined {
    if (definition.custom) return this.#storeOf(definition)?.definition;
    return storedAs(definition);
  }

  #storeOf(of: { readonly group: string; readonly resource: string }): ResourceStore | undefined {
    return this.#stores.get(nameOf(of)) ?? this.#custom.storageOf(of.group, of.resource);
  }

  /** The time as objects carry it: RFC 3339, whole seconds. */
  get now(): string {
    const second = Math.floor(this.#clock.nowMs / 1000);
    if (second !== this.#now.second) {
      this.#now = { second, text: `${new Date(second * 1000).toISOString().slice(0, 19)}Z` };
    }
    return this.#now.text;
  }

  /** What the rest of the pipeline needs to know of a request by `user` at this moment. */
  contextFor(user: UserInfo): RequestContext {
    return { user, nowMs: this.#clock.nowMs, now: this.now };
  }

  /** A token of a service account, as the sub-resource `token` gives it. */
  requestToken(namespace: string, name: string, spec: TokenRequestSpec): IssuedToken {
    return issueToken(
      {
        tokens: this.tokens,
        accounts: this.storeFor<ServiceAccount>(serviceAccounts),
        pods: this.storeFor<Pod>(pods),
        secrets: this.storeFor<Secret>(secrets),
        nodes: this.storeFor<Node>(nodes),
      },
      { namespace, name, spec, nowMs: this.nowMs },
    );
  }

  bindPod(namespace: string, name: string, binding: Binding, options: WriteOptions): void {
    const admitted = this.#admitted('binding', namespace, name, binding, options);
    bindPod(this.storeFor<Pod>(pods), namespace, name, admitted, options);
  }

  evictPod(namespace: string, name: string, eviction: Eviction, options: WriteOptions): void {
    const admitted = this.#admitted('eviction', namespace, name, eviction as Eviction & KubeObject, options);
    const stores = { pods: this.storeFor<Pod>(pods), budgets: this.storeFor(podDisruptionBudgets) };
    evictPod(stores, namespace, name, admitted, options);
  }

  /** What is done to a pod goes through admission as what is created does. */
  #admitted<T extends KubeObject>(
    subresource: string,
    namespace: string,
    name: string,
    object: T,
    options: WriteOptions,
  ): T {
    const attributes: Attributes<T> = {
      operation: 'CREATE',
      definition: pods as unknown as ResourceDefinition<T>,
      subresource,
      namespace,
      name,
      object,
      user: options.context.user,
      isDryRun: options.isDryRun ?? false,
    };
    const admitted = this.#admission.admit(object, attributes);
    this.#admission.validate(admitted, attributes);
    return admitted;
  }

  /** Upstream: UpdateQuotaStatus in apiserver/pkg/admission/plugin/resourcequota/resource_access.go */
  #chargeQuota({ metadata }: ResourceQuota, used: Readonly<Record<string, string>>): void {
    const options = { context: this.contextFor(self), fieldManager: 'kube-apiserver', subresource: 'status' };
    const change = (stored: ResourceQuota | undefined): ResourceQuota => ({
      ...stored!,
      status: { ...stored!.status, used },
    });
    this.storeFor(resourceQuotas).update(metadata.namespace ?? '', metadata.name, change, options);
  }

  finalizeNamespace(namespace: Namespace, options: WriteOptions): Namespace {
    return finalizeNamespace(this.storeFor<Namespace>(namespaces), namespace, options);
  }
}

function nameOf({ group, resource }: { readonly group: string; readonly resource: string }): string {
  return group ? `${resource}.${group}` : resource;
}

function storedAs(definition: ResourceDefinition): ResourceDefinition | undefined {
  if (resources.includes(definition)) return definition;
  return versionViews.find((view) => view.definition === definition)?.stored;
}

/** Upstream: apiserver/pkg/storage/etcd3/metrics */
function countObjects(metrics: Metrics, stores: Iterable<ResourceStore>): void {
  const all = [...stores];
  const old = {
    name: 'apiserver_storage_objects',
    help: '[STABLE] [DEPRECATED, consider using apiserver_resource_objects instead] Number of stored objects at the time of last check split by kind. In case of a fetching error, the value will be -1. (Deprecated since 1.34.0)',
    labels: ['resource'],
  };
  metrics.gauge(old, () => all.map((store) => [[nameOf(store.definition)], store.collection.size] as const));
  const current = {
    name: 'apiserver_resource_objects',
    help: '[ALPHA] Number of stored objects at the time of last check split by kind. In case of a fetching error, the value will be -1.',
    labels: ['group', 'resource'],
  };
  metrics.gauge(current, () =>
    all.map(({ definition, collection }) => [[definition.group, definition.resource], collection.size] as const),
  );
}
