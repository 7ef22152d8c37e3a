import {
  declareAllNamespacesFlag,
  declareChunkSizeFlag,
  declareFieldSelectorFlag,
  declareFilenameFlags,
  declareSelectorFlag,
} from '../../command/common-flags.ts';
import type { FlagSet } from '../../flags/flag-set.ts';
import { declarePrintFlags, outputFormats } from '../../printers/print-flags.ts';

/** All that `-o` may say here. */
export const getFormats: readonly string[] = [...outputFormats, 'custom-columns', 'custom-columns-file', 'wide'];

export function declareGetFlags(flags: FlagSet): void {
  declarePrintFlags(flags, { formats: getFormats });
  declareFilenameFlags(flags, 'Files, directories or URLs that name the objects to get from the server.');
  declareSelectorFlag(flags);
  declareFieldSelectorFlag(flags);
  declareAllNamespacesFlag(flags);
  declareChunkSizeFlag(flags);
  flags.bool('ignore-not-found', 'Say nothing and succeed when an object that was asked for by name does not exist.');
  flags.stringSlice(
    'label-columns',
    'Labels to show as columns, with commas between them or repeated: -L label1 -L label2',
    {
      short: 'L',
    },
  );
  flags.bool('no-headers', 'Print no headers in the default and the custom-columns format.');
  flags.bool(
    'output-watch-events',
    'Print the events of --watch or --watch-only themselves; what is there already comes as ADDED.',
  );
  flags.string('raw', 'A path to ask the server for as it stands.');
  flags.bool('server-print', 'Let the server lay out the table.', { initial: true });
  flags.bool('show-kind', 'Show the type of each object.');
  flags.bool('show-labels', 'Show all labels in the last column');
  flags.string(
    'sort-by',
    "A JSONPath to sort lists by (e.g. '{.metadata.name}'). It must lead to a number or a string.",
  );
  flags.string('subresource', 'Get this subresource of the object.');
  flags.bool('watch', 'After listing, go on with what changes.', { short: 'w' });
  flags.bool('watch-only', 'Watch what changes without listing first.');
}
