import type { Result } from '../../shared/result.ts';
import { envVariables } from './env/env.ts';
import type { Variable } from './env/variables.ts';
import { recogniseVariables, type VocabularyMatch } from './env/vocabulary.ts';
import { JsonDocument } from './json/document.ts';
import { MAX_YAML, YamlFile } from './yaml/document.ts';

/**
 * A text to import, with its readings in each syntax. A reading is made once, when the first target asks for it, and
 * shared by all.
 */
export class SourceDocument {
  /** File name without its path, or '' for pasted text. */
  readonly name: string;
  readonly text: string;
  private jsonReading: Result<JsonDocument> | undefined;
  private variableReading: readonly Variable[] | undefined;
  private variableRanking: readonly VocabularyMatch[] | undefined;
  private yamlReading: Result<YamlFile> | undefined;

  constructor(text: string, name = '') {
    this.text = text;
    this.name = name;
  }

  /**
   * The text for those who know their file by single lines. Empty for valid JSON that is longer than any YAML which is
   * read: nobody's lines are in it, and each of their patterns would go through all of a realm export.
   */
  get lines(): string {
    if (this.text.length <= MAX_YAML || !this.looksLikeJson() || !this.json().ok) return this.text;
    return '';
  }

  /** The variables of an env file; [] for a text that does not look like one. */
  variables(): readonly Variable[] {
    this.variableReading ??= this.looksLikeEnv() ? envVariables(this.text) : [];
    return this.variableReading;
  }

  /** Products that the variables of an env file could be for, the likeliest first. */
  variableMatches(): readonly VocabularyMatch[] {
    this.variableRanking ??= recogniseVariables(this.variables());
    return this.variableRanking;
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

  /** True when a good part of the lines are `NAME=value`, and none is the head of a section. */
  private looksLikeEnv(): boolean {
    if (this.looksLikeJson()) return false;
    const lines = this.text.slice(0, 262_144).split('\n', 5_000);
    const filled = lines.filter((line) => /^\ufeff?\s*[^\s#;]/.test(line));
    const assignments = filled.filter((line) => /^\ufeff?\s*(?:export\s+)?[A-Za-z_]\w*=/.test(line)).length;
    return (
      assignments > 0 && assignments >= filled.length * 0.4 && !filled.some((line) => /^\s*\[[^\]=]*\]\s*$/.test(line))
    );
  }
}

const LIKE_JSON =
  /^\ufeff?\s*(?:\{%[^\n]*\n\s*|\{\{[^\n]*\n\s*|\/\/[^\n]*\n\s*|\/\*[\s\S]{0,2000}?\*\/\s*)*(?:\{|\[\s*(?:[[{"\]\d-]|$))/;
