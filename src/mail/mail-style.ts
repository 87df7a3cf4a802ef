const SANS = "-apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Helvetica Neue', Arial";
const SERIF = "Georgia, 'Times New Roman'";

/** Fonts that have the letters of a language, for the systems that people read mail on. */
const fonts: Readonly<Record<string, { readonly sans: string; readonly serif: string }>> = {
  ja: {
    sans: "'Hiragino Sans', 'Hiragino Kaku Gothic ProN', 'Yu Gothic UI', Meiryo, 'Noto Sans CJK JP', 'Noto Sans JP'",
    serif: "'Hiragino Mincho ProN', 'Yu Mincho', 'Noto Serif CJK JP', 'Noto Serif JP'",
  },
  hi: {
    sans: "'Kohinoor Devanagari', 'Nirmala UI', 'Noto Sans Devanagari'",
    serif: "'Kohinoor Devanagari', 'Nirmala UI', 'Noto Serif Devanagari'",
  },
};

/** The fonts that words in a language are set in. */
export function fontsOf(language: string, kind: 'sans' | 'serif' = 'sans'): string {
  const own = fonts[language.split('-')[0]!];
  const latin = kind === 'sans' ? SANS : SERIF;
  return [latin, ...(own ? [own[kind]] : []), kind === 'sans' ? 'sans-serif' : 'serif'].join(', ');
}

/** Contrast of text on its ground is at least 4.5 to 1 in both. */
const light = { page: '#eef0f2', card: '#ffffff', rule: '#d5dae0', ink: '#18222d', quiet: '#55616e' };
const dark = { page: '#0f1419', card: '#19212a', rule: '#34404c', ink: '#e7ebef', quiet: '#a5b1bd' };
const accents = { calm: { light: '#1d4f7c', dark: '#8dbfec' }, late: { light: '#96291b', dark: '#f2a093' } };

/** Inline, because some mail programs drop style sheets: this is the whole look where nothing else arrives. */
export const styles = {
  page: `margin:0;padding:0;background-color:${light.page};color:${light.ink};font-size:16px;line-height:1.5;-webkit-text-size-adjust:100%`,
  preview: 'display:none;max-height:0;max-width:0;overflow:hidden;opacity:0;font-size:1px;line-height:1px',
  frame: 'max-width:600px;margin:0 auto;padding:24px 12px',
  notice: `margin:0 0 12px;padding:8px 12px;border:1px dashed ${light.quiet};color:${light.ink};font-size:14px`,
  head: 'padding:4px 24px 0',
  counts: 'margin:0;font-size:24px;line-height:1.3;font-weight:700;text-wrap:balance',
  count: 'display:inline-block',
  about: `margin:4px 0 0;color:${light.quiet}`,
  area: `margin:28px 24px 8px;font-size:16px;line-height:1.5;font-weight:600;color:${light.quiet}`,
  card: `background-color:${light.card};border:1px solid ${light.rule};border-top-width:4px;padding:24px 24px 28px`,
  among: ';border-top-width:3px;padding:16px 24px 12px;margin:0 0 12px',
  reference: `margin:0;font-size:14px;font-weight:600;letter-spacing:0.04em;color:${light.quiet}`,
  title: 'margin:2px 0 0;font-size:24px;line-height:1.35;font-weight:normal;overflow-wrap:anywhere',
  titleAmong: 'margin:2px 0 0;font-size:19px;line-height:1.4;font-weight:normal;overflow-wrap:anywhere',
  otherTitle: `margin:4px 0 0;color:${light.quiet};overflow-wrap:anywhere`,
  mark: `font-size:14px;color:${light.quiet}`,
  deadline: `margin:16px 0 0;padding:12px 0;border:solid ${light.rule};border-width:1px 0`,
  deadlineAmong: 'margin:8px 0 0',
  state: 'margin:0;font-size:22px;line-height:1.35;font-weight:700',
  stateAmong: 'margin:0;font-size:17px;line-height:1.4;font-weight:700',
  day: `margin:0;color:${light.ink}`,
  counting: `margin:4px 0 0;font-size:14px;color:${light.quiet}`,
  heading: `margin:24px 0 4px;font-size:14px;line-height:1.5;font-weight:600;color:${light.quiet}`,
  text: 'margin:6px 0;overflow-wrap:anywhere;text-wrap:pretty',
  list: 'margin:0 0 6px;padding:0 0 0 20px;overflow-wrap:anywhere',
  quotation: 'margin:6px 0 0;border:0 solid;white-space:pre-line;overflow-wrap:anywhere',
  quotationLtr: `;padding:0 0 0 14px;border-left:2px solid ${light.rule}`,
  quotationRtl: `;padding:0 14px 0 0;border-right:2px solid ${light.rule}`,
  button:
    'display:inline-block;margin:8px 0 6px;padding:11px 20px;color:#ffffff;font-weight:600;text-decoration:none;border-radius:3px',
  address: `margin:0;font-size:13px;color:${light.quiet};overflow-wrap:anywhere`,
  actions: 'margin:6px 0 0',
  action: 'display:inline-block;margin:0 18px 0 0;padding:8px 0;font-size:15px',
  footer: `padding:16px 24px 0;font-size:13px;color:${light.quiet};overflow-wrap:anywhere`,
  footerLine: 'margin:0 0 6px',
  footerLink: `color:${light.quiet}`,
};

/** The colour that tells an overdue commitment from one that is still to come. */
export function accentOf(late: boolean): string {
  return accents[late ? 'late' : 'calm'].light;
}

/** What inline styles cannot say. Everything needs !important to win over them. */
export const styleSheet = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
:lang(ja) { word-break: auto-phrase; line-break: strict; }
@media (max-width: 480px) {
  .frame { padding: 0 !important; }
  .card { border-left: 0 !important; border-right: 0 !important; padding: 20px 16px 24px !important; }
  .among { padding: 14px 16px 8px !important; }
  .notice { margin: 0 !important; border: 0 !important; padding: 12px 16px !important; }
  .head { padding: 16px 16px 0 !important; }
  .area { margin-left: 16px !important; margin-right: 16px !important; }
  .button { display: block !important; text-align: center !important; }
  .footer { padding: 16px 16px 24px !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background-color: ${dark.page} !important; color: ${dark.ink} !important; }
  .card { background-color: ${dark.card} !important; border-color: ${dark.rule} !important; border-top-color: ${accents.calm.dark} !important; }
  .card.late { border-top-color: ${accents.late.dark} !important; }
  .notice { border-color: ${dark.quiet} !important; color: ${dark.ink} !important; }
  .ink { color: ${dark.ink} !important; }
  .quiet { color: ${dark.quiet} !important; }
  .accent { color: ${accents.calm.dark} !important; }
  .accent.late { color: ${accents.late.dark} !important; }
  .deadline, .quotation { border-color: ${dark.rule} !important; }
  .button { background-color: ${accents.calm.dark} !important; color: ${dark.page} !important; }
  .button.late { background-color: ${accents.late.dark} !important; }
}`;
