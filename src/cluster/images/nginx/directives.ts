const http = ['http', 'server', 'location', 'if', 'limit_except'];

/** Directives with a place of their own; `any` may stand anywhere. Upstream: nginx.org/en/docs/dirindex.html */
const places: Readonly<Record<string, readonly string[] | 'any'>> = {
  events: ['main'],
  http: ['main'],
  stream: ['main'],
  user: ['main'],
  worker_processes: ['main'],
  worker_rlimit_nofile: ['main'],
  pid: ['main'],
  daemon: ['main'],
  master_process: ['main'],
  load_module: ['main'],
  env: ['main'],
  pcre_jit: ['main'],
  worker_connections: ['events'],
  multi_accept: ['events'],
  use: ['events'],
  accept_mutex: ['events'],
  upstream: ['http'],
  map: ['http'],
  geo: ['http'],
  log_format: ['http'],
  limit_req_zone: ['http'],
  limit_conn_zone: ['http'],
  proxy_cache_path: ['http'],
  split_clients: ['http'],
  server: ['http', 'upstream'],
  listen: ['server'],
  server_name: ['server'],
  location: ['server', 'location'],
  alias: ['location'],
  internal: ['location'],
  proxy_pass: ['location', 'if', 'limit_except'],
  fastcgi_pass: ['location', 'if'],
  uwsgi_pass: ['location', 'if'],
  grpc_pass: ['location', 'if'],
  stub_status: ['server', 'location'],
  try_files: ['server', 'location'],
  return: ['server', 'location', 'if'],
  rewrite: ['server', 'location', 'if'],
  break: ['server', 'location', 'if'],
  set: ['server', 'location', 'if'],
  if: ['server', 'location'],
  limit_except: ['location'],
  keepalive: ['upstream'],
  least_conn: ['upstream'],
  ip_hash: ['upstream'],
  hash: ['upstream'],
  zone: ['upstream'],
  error_log: 'any',
  include: 'any',
};

const general = new Set(
  (
    'root index autoindex access_log error_page add_header expires default_type types types_hash_max_size sendfile tcp_nopush ' +
    'tcp_nodelay keepalive_timeout keepalive_requests gzip gzip_types gzip_min_length gzip_comp_level gzip_vary gzip_proxied ' +
    'client_max_body_size client_body_timeout client_header_timeout client_body_buffer_size client_header_buffer_size ' +
    'large_client_header_buffers send_timeout server_tokens server_name_in_redirect server_names_hash_bucket_size ' +
    'server_names_hash_max_size port_in_redirect absolute_redirect resolver resolver_timeout underscores_in_headers charset ' +
    'allow deny satisfy auth_basic auth_basic_user_file auth_request limit_req limit_conn limit_rate log_not_found log_subrequest ' +
    'proxy_set_header proxy_hide_header proxy_pass_header proxy_http_version proxy_buffering proxy_buffers proxy_buffer_size ' +
    'proxy_read_timeout proxy_connect_timeout proxy_send_timeout proxy_redirect proxy_next_upstream proxy_cache proxy_cache_valid ' +
    'proxy_cache_key proxy_cache_bypass proxy_no_cache proxy_intercept_errors proxy_ssl_verify proxy_ssl_server_name proxy_request_buffering ' +
    'proxy_max_temp_file_size proxy_busy_buffers_size proxy_temp_path client_body_temp_path fastcgi_temp_path uwsgi_temp_path scgi_temp_path ' +
    'fastcgi_param fastcgi_index fastcgi_split_path_info ssl_certificate ssl_certificate_key ssl_protocols ssl_ciphers ' +
    'ssl_session_cache ssl_session_timeout ssl_prefer_server_ciphers http2 real_ip_header set_real_ip_from real_ip_recursive ' +
    'sub_filter sub_filter_once sub_filter_types open_file_cache etag if_modified_since merge_slashes recursive_error_pages ' +
    'map_hash_bucket_size variables_hash_max_size reset_timedout_connection aio directio output_buffers mirror autoindex_exact_size ' +
    'autoindex_localtime lingering_close empty_gif'
  ).split(' '),
);

/** The blocks in which a directive may stand; undefined for one that nginx does not know. */
export function contextOf(name: string): readonly string[] | 'any' | undefined {
  return places[name] ?? (general.has(name) ? http : undefined);
}
