import type { Result } from '../../shared/result.ts';
import { JsonDocument } from './json/document.ts';
import { YamlFile } from './yaml/document.ts';

/**
 * A text to import, with its readings in each syntax. A reading is made once, when the first target asks for it, and
 * shared by all.
 */
export class SourceDocument {
  /** File name without its path, or '' for pasted text. */
  readonly name: string;
  readonly text: string;
  private jsonReading: Result<JsonDocument> | undefined;
  private yamlReading: Result<YamlFile> | undefined;

  constructor(text: string, name = '') {
    this.text = text;
    this.name = name;
  }

  /** The text as JSON. Errors: PARSE_FAILED, TEMPLATE_FILE. */
  json(): Result<JsonDocument> {
    this.jsonReading ??= JsonDocument.read(this.text);
    return this.jsonReading;
  }

  /** The text as YAML. Errors: INPUT_TOO_LARGE, PARSE_FAILED, TEMPLATE_FILE. */
  yaml(): Result<YamlFile> {
    this.yamlReading ??= YamlFile.read(this.text);
    return this.yamlReading;
  }

  /** True when the text looks like JSON, whole, broken or with template marks before it; `[smtp]` of an INI file does not. */
  looksLikeJson(): boolean {
    return LIKE_JSON.test(this.text.slice(0, 4_096));
  }
}

const LIKE_JSON =
  /^\ufeff?\s*(?:\{%[^\n]*\n\s*|\{\{[^\n]*\n\s*|\/\/[^\n]*\n\s*|\/\*[\s\S]{0,2000}?\*\/\s*)*(?:\{|\[\s*(?:[[{"\]\d-]|$))/;
