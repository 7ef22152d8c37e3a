import type { Program } from '../program.ts';
import { chmod, chown, stat, touch } from './attribute-tools.ts';
import { awk } from './awk/awk.ts';
import { cat } from './cat.ts';
import { base64, md5sum, sha256sum } from './checksums.ts';
import { cmp, diff } from './compare-tools.ts';
import { cp, ln, mv } from './copy-tools.ts';
import { curl } from './curl.ts';
import { cut } from './cut.ts';
import { date } from './date.ts';
import { mkdir, rm, rmdir } from './directory-tools.ts';
import { df, du } from './disk-tools.ts';
import { env, hostname, id, nohup, nproc, printenv, tty, uname, which, whoami } from './environment-tools.ts';
import { expr } from './expr.ts';
import { find } from './find.ts';
import { grep, grepAs } from './grep.ts';
import { gzip } from './gzip.ts';
import { head } from './head.ts';
import { ls } from './ls.ts';
import { ip, nc, nslookup, ping } from './network-tools.ts';
import { basename, dirname, mktemp, readlink, realpath } from './path-tools.ts';
import { kill, killall, pgrep, pkill, ps, time, timeout, top, watch } from './process-tools.ts';
import { sed } from './sed/sed.ts';
import { seq } from './seq.ts';
import { sleep } from './sleep.ts';
import {
  clear,
  dd,
  echo,
  falseTool,
  od,
  printf,
  pwd,
  shuf,
  sync,
  test,
  trueTool,
  truncate,
  unlink,
  yes,
} from './small-tools.ts';
import { sort } from './sort.ts';
import { tail } from './tail.ts';
import { tar } from './tar.ts';
import { tee } from './tee.ts';
import { comm, fold, nl, paste, rev, strings, tac } from './text-tools.ts';
import { toolProgram, type Flavour, type ToolBody } from './tool.ts';
import { tr } from './tr.ts';
import { uniq } from './uniq.ts';
import { wc } from './wc.ts';
import { wget } from './wget.ts';
import { xargs } from './xargs.ts';

/** Every tool by name. */
const tools: Readonly<Record<string, ToolBody>> = {
  '[': test,
  awk,
  base64,
  basename,
  cat,
  chgrp: chown,
  chmod,
  chown,
  clear,
  cmp,
  comm,
  cp,
  curl,
  cut,
  date,
  dd,
  df,
  diff,
  dirname,
  du,
  echo,
  egrep: grepAs('-E'),
  env,
  expr,
  false: falseTool,
  fgrep: grepAs('-F'),
  find,
  fold,
  grep,
  gunzip: gzip,
  gzip,
  head,
  hostname,
  id,
  ip,
  kill,
  killall,
  ln,
  ls,
  md5sum,
  mkdir,
  mktemp,
  mv,
  nc,
  nl,
  nohup,
  nproc,
  nslookup,
  od,
  paste,
  pgrep,
  ping,
  pkill,
  printenv,
  printf,
  ps,
  pwd,
  readlink,
  realpath,
  rev,
  rm,
  rmdir,
  sed,
  seq,
  sha256sum,
  shuf,
  sleep,
  sort,
  stat,
  strings,
  sync,
  tac,
  tail,
  tar,
  tee,
  test,
  time,
  timeout,
  top,
  touch,
  tr,
  true: trueTool,
  truncate,
  tty,
  uname,
  uniq,
  unlink,
  watch,
  wc,
  wget,
  which,
  whoami,
  xargs,
  yes,
  zcat: gzip,
};

/** The names of the tools that there are. */
export const toolNames: readonly string[] = Object.keys(tools).sort();

/** A tool as a program; undefined when there is none of that name. */
export function toolNamed(name: string, flavour: Flavour): Program | undefined {
  const body = tools[name];
  return body && toolProgram(body, flavour);
}
