import { line } from '../said.js';
import type { MailWords } from './mail-words.js';
import { dayMonthYear, writtenDay } from './written-day.js';

const day = (on: string) => writtenDay('ja-JP', on, dayMonthYear);

function left(daysLeft: number): string {
  if (daysLeft < 0) return `期限を${-daysLeft}日超過`;
  if (daysLeft === 0) return '本日が期限';
  return daysLeft === 1 ? '明日が期限' : `期限まで${daysLeft}日`;
}

export const japanese: MailWords = {
  language: 'ja',
  draft: 'このメールの日本語は、母語話者による確認を経ていない翻訳の草案です（draft translation）。',
  and: 'と',
  separator: '、',
  gap: '',
  quoted: (text) => line`「${text}」`,
  day,
  dayWithWeekday: (on) => writtenDay('ja-JP', on, { ...dayMonthYear, weekday: 'long' }),
  inAnother: (name) => `（${name}）`,
  standings: {
    authentic: '正文',
    official: '公式訳',
    unofficial: '非公式訳',
    machine: '機械翻訳',
    outdated: '以前の文言の翻訳',
  },
  state: {
    left,
    undated: '期日未定',
    silent: (number) => `${number}日間報告なし`,
    confirmText: '文言についての回答待ち',
    asksForMoreTime: (party) => line`${party}が期限の延長を要請`,
    attest: '履行報告あり、確認待ち',
    escalated: (state) => line`上位者への通知：${state}`,
    withheld: '回答待ち',
  },
  due: {
    on: (on) => `期限は${on}`,
    was: (on) => `期限は${on}でした`,
    wasShort: (on) => `期限は${on}`,
    countedTo: (on) => `${on}までとして数えています`,
    countedToShort: (on) => `${on}までとして計算`,
    agreedWords: (quoted) => line`合意された文言：${quoted}`,
    coarse: (quoted, on) =>
      quoted
        ? line`合意された文言${quoted}は特定の日を示していません。その期間の最終日は${on}です。`
        : line`合意された文言は特定の日を示していません。その期間の最終日は${on}です。`,
    nextRound: '次回会合までが期限ですが、会合の日程は未定です。',
    eventBound: '期限は、まだ記録されていない出来事から起算されます。',
    target: 'これは目標です。定期的に見直され、期限超過とはなりません。',
    undated: '期日は合意されていません。',
    zone: (zone) => `日数は、あなたの時間帯（${zone}）で数えています。`,
    endsIn: (zones) => `${zones}のすべてで日付が変わった時に、その日が終わります。`,
    askedFor: (until) => line`要請された新しい期限：${until}`,
  },
  headings: {
    toDo: '今していただきたいこと',
    who: '担当と分担',
    text: '合意の内容',
    why: 'このメールが届いた理由',
  },
  toDo: {
    deliver:
      '進捗を報告するか、完了していれば履行を報告してください。期限に間に合わないおそれがあれば、お知らせください。',
    deliverLate:
      '完了していれば履行を報告してください。未完了の場合は、現状と完了の見込みを報告してください。',
    review: '現状を報告してください。期日を合意できる場合は、記録してください。',
    silent: '記録の内容を確認するか、更新してください。報告事項がない場合も、その旨を報告してください。',
    confirmText: '文言を読み、確認するか、理由を添えて異議を述べてください。',
    answerExtension: '延長を認めるか、認めないかを回答してください。回答があるまで期限は変わりません。',
    attest: '証拠を見て、履行を確認するか、不足している点を示して差し戻してください。',
    escalatedOwn: '貴側が記録の上で回答するよう、ご手配ください。',
    escalatedOther: '相手側の番です。相手側の担当者に働きかけてください。',
    wait: 'ここで貴側が履行することはありません。現状を確認し、報告がなければ相手側に問い合わせてください。',
    withheld: 'お手元の鍵で開き、誰に何がいつまでに求められているかをご確認ください。',
  },
  turn: {
    deliver: (parties) => line`${parties}の番：履行、または現状の報告`,
    'confirm-text': (parties) => line`${parties}の番：文言の確認、または異議`,
    'answer-extension': (parties) => line`${parties}の番：延長についての回答`,
    attest: (parties) => line`${parties}の番：履行の確認、または差し戻し`,
  },
  share: ({ party, yours, lead, claimed }) =>
    line`${party}${yours ? '（貴側）' : ''}：${lead ? line`主担当は${lead}` : '主担当は未定'}${claimed ? '、履行報告済み' : ''}`,
  role: {
    'focal-point': (party) => line`あなたは、この対話における${party}の担当窓口です。`,
    'head-of-division': (party) => line`あなたは、これを担当する${party}側の部署の長です。`,
    secretariat: (party) => line`あなたは、この対話における${party}の事務局です。`,
    'co-chair': (party) => line`あなたは、${party}の共同議長の事務室です。`,
  },
  cause: {
    due: '貴側はまだ担当分の履行を報告していません。',
    review: '期日がなく、貴側はまだ履行を報告していません。',
    silent: '貴側の担当であり、長い間報告がありません。',
    'confirm-text': '文言は一方の側からのみ記録され、貴側はまだ回答していません。',
    'answer-extension': '期限の延長が要請され、貴側はまだ回答していません。',
    attest: '履行が報告され、貴側の確認がまだです。',
    escalation: '通知を受けた担当者からの回答がありません。',
  },
  rule: (step, isOfDialogue) =>
    `規則：${step}（${isOfDialogue ? 'この対話が定めた通知方針' : '標準の通知方針'}による）。`,
  stops: {
    due: '貴側が履行を報告するか、期限が変わるか、約束事項が終了すると、通知は止まります。',
    review: '期日が決まるか、貴側が履行を報告するか、約束事項が終了すると、通知は止まります。',
    silent: '次の報告（報告事項なしを含む）があると、通知は止まります。',
    'confirm-text': '貴側が文言を確認するか異議を述べると、通知は止まります。',
    'answer-extension': '貴側が延長について回答すると、通知は止まります。',
    attest: '貴側が履行を確認するか差し戻すと、通知は止まります。',
    escalation: 'このメールを開くことではなく、記録の上での回答によって通知は止まります。',
  },
  step: {
    before: (number) => (number === 1 ? '期限の前日' : `期限の${number}日前`),
    'day-after': '期限の翌日',
    overdue: (number) => `期限の${number}日後`,
    week: (number) => `期限後${number}週目`,
    month: (number) => `毎週の通知の後、月に一度（${number}回目）`,
    review: (number) => `期日のない事項の見直し（${number}回目）`,
    silent: (number) => `確認または更新のお願い（${number}回目）`,
    'confirm-text': (number) => `文言についての回答待ち（${number}回目）`,
    'answer-extension': (number) => `延長の要請についての回答待ち（${number}回目）`,
    attest: (number) => `履行の確認待ち（${number}回目）`,
    escalation: (number) => `期限の${number}日後の上位者への通知`,
    round: (number) => `次回会合の${number}日前の上位者への通知`,
    unknown: (name) => `段階 ${name}`,
  },
  links: {
    open: (id) => `${id}を開く`,
    see: (id) => `${id}の現状を見る`,
    acknowledge: '受け取りを確認する',
    snooze: '後で通知を受ける',
    handOver: '同僚に引き継ぐ',
    done: '完了：証拠を添付する',
    preferences: '時刻・時間帯・言語・まとめ方・代理の変更',
    unsubscribe: 'このメールを停止する',
  },
  digest: {
    overdue: (number) => `期限超過${number}件`,
    dueIn: (number, days) => `${left(days)}のもの${number}件`,
    dueLater: (number) => `それ以降のもの${number}件`,
    awaited: (number) => `回答待ち${number}件`,
    undated: (number) => `期日未定${number}件`,
    withheld: (number) => `非公開${number}件`,
    otherAreas: '重点分野なし',
    withheldHeading: '非公開',
    why: (party) =>
      line`あなたは${party}の連絡先であり、回答待ちの事項を一日一通にまとめてお送りしています。`,
  },
  withheld: {
    title: '非公開の約束事項',
    note: 'メールは途中で読まれることがあるため、これ以上は記載しません。',
    why: '記録が回答を待っており、この対話の通知方針によりお知らせしています。',
  },
  undelivered: (name) =>
    `本件に関する ${name} 様宛てのメールは配信できませんでした。担当者に伝わるようご手配のうえ、宛先をご訂正ください。`,
  late: (plannedFor) =>
    `このメールは遅れて届きました。予定日は${plannedFor}でした。内容は本日現在のものです。`,
  invented: 'これは架空の例です。この対話も約束事項も実在しません。',
  inventedMark: '架空の例',
  addressee: (name, party) => line`宛先：${name}様（${party}）`,
  automatic: '当事国間の約束の記録であるPactaから自動送信されました。',
};
