/** An assignment in a file that is made of lines, with its place in the text (ends are exclusive). */
export interface Entry {
  /** Name of its section, or '' where the syntax has none or none has begun. */
  section: string;
  key: string;
  /** As the product reads it. */
  value: string;
  /** Line of the key, from 1. */
  line: number;
  /** Where its first line begins, and where the line after its last begins. */
  start: number;
  end: number;
  /** The value as it is written, with quotes and escapes, without the white space around it. */
  valueStart: number;
  valueEnd: number;
}

/** The head of a section. */
export interface SectionHead {
  name: string;
  line: number;
  /** Where the line after it begins. */
  end: number;
}

/** The first thing in a text that the product would not read. */
export interface LineFault {
  line: number;
  column: number;
  /** What is wrong, as a part of a sentence without its full stop. */
  detail: string;
}

/** What a reader made of a text. */
export interface LineReading {
  entries: Entry[];
  sections: SectionHead[];
  /** Assignments that are commented out: they set nothing, but show where a key belongs. */
  hints: Entry[];
  fault: LineFault | null;
}
