/** What a container may ask to be stopped with. Upstream: supportedStopSignalsLinux in pkg/apis/core/validation */
const plain =
  'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ RTMIN RTMAX';

function numbered(name: string, sign: '+' | '-', count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `${name}${sign}${at + 1}`);
}

export const linuxSignals: readonly string[] = [
  ...plain.split(' '),
  ...numbered('RTMIN', '+', 15),
  ...numbered('RTMAX', '-', 14),
]
  .map((name) => `SIG${name}`)
  .toSorted();

export const windowsSignals: readonly string[] = ['SIGKILL', 'SIGTERM'];
