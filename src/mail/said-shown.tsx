import { directionOf, type Line, type Text } from './said.js';

/** A line in a mail whose own words are in the language `page`. */
export function Said({ line, page }: { line: Line; page: string }) {
  return <>{line.map((part) => (typeof part === 'string' ? part : <TextShown text={part} page={page} />))}</>;
}

export function TextShown({ text, page }: { text: Text; page: string }) {
  return text.language === page ? <>{text.words}</> : <span {...attributesOf(text, page)}>{text.words}</span>;
}

/** Marked with its language, so that it is pronounced and set as what it is. */
export function attributesOf({ language }: Text, page: string) {
  return language === page ? {} : { lang: language, dir: directionOf(language) };
}
