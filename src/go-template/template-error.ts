/** A template that cannot be read, or whose execution failed; worded as Go words it. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
}
