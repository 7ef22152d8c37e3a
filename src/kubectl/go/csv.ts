/** One record of encoding/csv; throws with Go's wording. */
export function parseCsvRecord(text: string): string[] {
  if (text === '') return [];
  const line = text.replace(/\n$/, '');
  const fields: string[] = [];
  let index = 0;
  for (;;) {
    if (line[index] === '"') {
      let field = '';
      index++;
      for (;;) {
        const end = line.indexOf('"', index);
        if (end < 0)
          throw new Error(`parse error on line 1, column ${line.length + 1}: extraneous or missing " in quoted-field`);
        field += line.slice(index, end);
        index = end + 1;
        if (line[index] !== '"') break;
        field += '"';
        index++;
      }
      if (index < line.length && line[index] !== ',') {
        throw new Error(`parse error on line 1, column ${index}: extraneous or missing " in quoted-field`);
      }
      fields.push(field);
    } else {
      const comma = line.indexOf(',', index);
      const field = comma < 0 ? line.slice(index) : line.slice(index, comma);
      const bare = field.indexOf('"');
      if (bare >= 0) throw new Error(`parse error on line 1, column ${index + bare + 1}: bare " in non-quoted-field`);
      fields.push(field);
      index += field.length;
    }
    if (index >= line.length) return fields;
    index++;
    if (index === line.length) return [...fields, ''];
  }
}
