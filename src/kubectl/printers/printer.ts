import type { JsonObject } from '../resource/json.ts';

/** Puts objects into text. One printer prints all objects of a command: some separate or head what they print. */
export interface ObjectPrinter {
  print(object: JsonObject): string;
}

/** What a watch event looks like when `--output-watch-events` asks for it. */
export interface PrintedEvent {
  readonly type: string;
  readonly object: JsonObject;
}
