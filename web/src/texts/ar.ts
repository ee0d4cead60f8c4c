/** Arabic texts of the widget. Numbers that must not be turned round stand in isolates of their own. */

import type { Wait } from "../shared/types";
import type { WidgetTexts } from "./sv";

const FORMS = new Intl.PluralRules("ar");

/** Left to right in the middle of Arabic: phone numbers, addresses, references. */
const ltr = (text: string) => `\u2066${text}\u2069`;

function minutes(n: number): string {
  switch (FORMS.select(n)) {
    case "one": return "دقيقة واحدة";
    case "two": return "دقيقتين";
    case "few": return `${n} دقائق`;
    default: return `${n} دقيقة`;
  }
}

function characters(n: number): string {
  switch (FORMS.select(n)) {
    case "one": return "حرف واحد";
    case "two": return "حرفان";
    case "few": return `${n} أحرف`;
    case "many": return `${n} حرفًا`;
    default: return `${n} حرف`;
  }
}

function about({ shortest_min: shortest, longest_min: longest }: Wait): string {
  if (longest < 1) return "أقل من دقيقة";
  if (shortest < 1) return `حتى ${minutes(longest)} تقريبًا`;
  return shortest === longest ? `حوالي ${minutes(longest)}` : `من ${shortest} إلى ${minutes(longest)} تقريبًا`;
}

export const texts: WidgetTexts = {
  locale: "ar-u-nu-latn",
  you: "أنت",
  bot: "مساعد الذكاء الاصطناعي",
  citizen: "الساكن",
  agent: (name) => `${name}، مستشار البلدية (إنسان)`,
  agentUnnamed: "مستشار البلدية (إنسان)",
  municipality: "البلدية",
  steps: "ما عليك فعله",
  links: "للمتابعة",
  source: "المصدر:",
  reviewed: (date) => `تمت مراجعته في ${date}`,
  foreign: "يُفتح في علامة تبويب جديدة",
  more: "عرض المزيد من النتائج",
  unsure: "لست متأكدًا تمامًا. يُرجى التحقق من الصفحة.",
  helped: "هل ساعدك الجواب؟",
  yes: "نعم",
  no: "لا",
  thanks: "شكرًا!",
  thanksNo: "شكرًا! اطرح السؤال بطريقة أخرى، أو تحدث مع شخص.",
  notice: "الآن:",
  people: "للتواصل",
  phone: "الهاتف",
  email: "البريد الإلكتروني",
  hours: "أوقات الرد على الهاتف",
  emergency: "اتصل فورًا",
  choices: "اختر الأنسب",
  chosen: "تم اختياره",
  sent: "تم الإرسال",
  sending: "جارٍ الإرسال …",
  failed: "لم تُرسل بعد. نحاول مرة أخرى.",
  retry: "حاول الآن",
  botTyping: "مساعد الذكاء الاصطناعي يكتب …",
  agentTyping: (name) => `${name ?? "مستشار البلدية"} يكتب …`,

  queued: "أنت في انتظار مستشار البلدية.",
  place: (n) => (n === 1 ? "أنت الأول في الدور." : `رقمك في الدور ${n}.`),
  waitingTime: (wait) => `مدة الانتظار ${about(wait)}.`,
  queueHelp: "يمكنك أن تكتب المزيد أثناء الانتظار. المستشار يرى المحادثة كلها.",
  leaveQueue: "الخروج من الدور",
  insteadOfWaiting: "بدلًا من الانتظار",
  callbackInstead: "اطلب أن نتصل بك",
  errandInstead: "اترك سؤالك لنا",
  onHold: (agent) => `${agent ?? "المستشار"} يبحث عن معلومة وسيعود قريبًا.`,
  endedReopen: "انتهت المحادثة.",
  endedReopenHelp: (agent) => `هل لديك سؤال آخر؟ اكتب مرة أخرى لتتابع مع ${agent ?? "مستشار البلدية"}.`,
  reopen: (agent) => `متابعة الحديث مع ${agent ?? "مستشار البلدية"}`,
  closing: (clock) => `هل ما زلت هنا؟ ستنتهي المحادثة في الساعة ${clock} إذا لم تجب.`,
  closingHelp: "اكتب شيئًا أو اضغط على «أنا هنا» لتستمر المحادثة.",
  closingLeft: (left) => `بقي ${left}`,
  stay: "أنا هنا",

  handover: {
    heading: "التحدث مع شخص",
    headings: { callback: "طلب اتصال", errand: "ترك سؤال" },
    loading: "نتحقق إن كان أحد يستطيع الرد …",
    unknown: "لا يمكننا أن نعرف الآن إن كان أحد يستطيع الرد في الدردشة.",
    unknownCall: "يمكنك الاتصال بنا:",
    wait: "الانتظار في الدردشة",
    callback: "اطلب أن نتصل بك",
    callbackPromise: (when) => `سنتصل بك ${when}.`,
    errand: "اترك سؤالك لنا",
    errandPromise: (when) => `ستحصل على جواب ${when}.`,
    goOn: "المتابعة مع مساعد الذكاء الاصطناعي",
    back: "رجوع",
    joining: "جارٍ وضعك في الدور …",
    sending: { callback: "جارٍ الإرسال …", errand: "جارٍ إرسال السؤال …" },
    phone: "رقم الهاتف",
    contact: "البريد الإلكتروني أو رقم الهاتف",
    about: "ما الموضوع؟ (اختياري)",
    question: "بماذا تريد المساعدة؟",
    contactMissing: {
      callback: `اكتب رقم هاتف مع رمز المنطقة، مثلًا ${ltr("070-123\u00a045\u00a067")}.`,
      errand: "اكتب بريدًا إلكترونيًا أو رقم هاتف لكي نستطيع الرد عليك.",
    },
    questionMissing: "اكتب بماذا تريد المساعدة.",
    transcript: "ما كتبته في الدردشة يُرسل معه.",
    send: { callback: "اتصلوا بي", errand: "إرسال السؤال" },
    copy: (reference) => `نسخ ${ltr(reference)}`,
    copied: "تم النسخ.",
    notCopied: "لم يتم النسخ. اكتب الرقم عندك.",
  },
  report: {
    offer: "أبلغ عن العطل هنا",
    heading: "الإبلاغ عن عطل",
    place: "أين العطل؟",
    placeHelp: "اكتب عنوانًا أو صف المكان.",
    here: "استخدام موقعي",
    locating: "جارٍ تحديد موقعك …",
    notLocated: "لم نتمكن من تحديد موقعك. اكتب المكان بدلًا من ذلك.",
    located: (coordinates) => `موقعي: ${ltr(coordinates)}`,
    what: "ما العطل؟",
    placeMissing: "اكتب أين العطل.",
    whatMissing: "اكتب ما العطل.",
    photo: "هل تريد إرسال صورة؟ أرسل البلاغ من خلال الخدمة الإلكترونية.",
    send: "إرسال البلاغ",
  },
  survey: {
    offer: "أخبرنا كيف كانت المحادثة",
    heading: "كيف كانت تجربتك؟",
    ease: "هل كان الحصول على المساعدة سهلًا؟",
    reach: "هل كان التواصل مع البلدية سهلًا؟",
    scale: ["صعب جدًا", "صعب إلى حد ما", "لا صعب ولا سهل", "سهل إلى حد ما", "سهل جدًا"],
    comment: "كيف كان يمكننا أن نجعله أسهل؟ (اختياري)",
    commentHelp: "لا تكتب الرقم الشخصي أو معلومات حساسة.",
    send: "إرسال الإجابات",
    skip: "تخطي",
    nothing: "اختر إجابة واحدة على الأقل، أو تخطَّ الأسئلة.",
    thanks: "شكرًا على إجاباتك!",
  },
  privacy: {
    found: {
      personal: "يبدو أنك كتبت رقمًا شخصيًا.",
      card: "يبدو أنك كتبت رقم بطاقة.",
      phone: "يبدو أنك كتبت رقم هاتف.",
    },
    notNeeded: "لا أحد يحتاج إليه في المحادثة. إذا أرسلته على أي حال فسنخفيه قبل الحفظ.",
    callMe: "الاتصال بي على هذا الرقم",
    without: "إرسال بدون الرقم",
    anyway: "إرسال كما هو",
    change: "تعديل النص",
    removed: "[حُذف الرقم]",
    hidden: (kinds: string) => `أُخفي قبل الحفظ: ${kinds}.`,
    kinds: {
      personal: "الرقم الشخصي", card: "رقم البطاقة", account: "رقم الحساب", phone: "رقم الهاتف", email: "البريد الإلكتروني",
      address: "العنوان", name: "الاسم",
    },
  },
  leave: {
    button: "مغادرة الصفحة بسرعة",
    help: "تختفي المحادثة من علامة التبويب هذه وتُفتح صفحة عن الطقس.",
    traces: "كيف تزيل الآثار",
    steps: [
      "احذف الصفحة من سجل المتصفح. على الكمبيوتر افتح السجل بالضغط على Ctrl وH، وعلى الهاتف من قائمة المتصفح.",
      "استخدم نافذة خاصة في المرة القادمة. عندها لا تُحفظ الصفحات التي قرأتها.",
      "هل تخاف أن يرى أحد ما تفعله على هاتفك أو كمبيوترك؟ استخدم جهازًا آخر، مثلًا في المكتبة.",
    ],
  },
  erase: {
    button: "احذف المحادثة",
    ask: "هل تريد حذف المحادثة؟ يُحذف لدى البلدية ما كتبته أنت وما كتبه مساعد الذكاء الاصطناعي. لا يمكن التراجع عن ذلك.",
    yes: "نعم، احذف",
    done: "حُذفت المحادثة. اكتب إذا أردت أن تبدأ محادثة جديدة.",
    failed: "لم نتمكن من حذف المحادثة. تحقق من الاتصال بالإنترنت وحاول مرة أخرى.",
  },
  transcript: {
    save: "حفظ المحادثة",
    print: "طباعة المحادثة",
    title: (municipality) => `محادثة مع ${municipality}`,
    savedAt: (when) => `حُفظت في ${when}`,
    number: (id) => `رقم المحادثة: ${id}`,
    fileName: "محادثة",
  },
  speech: {
    start: "قل سؤالك",
    stop: "إيقاف الاستماع",
    listening: "أستمع إليك. تكلم الآن.",
    notice: "المتصفح يحوّل كلامك إلى نص. قد يُرسل الصوت إلى الشركة صاحبة المتصفح، لكنه لا يُرسل إلينا.",
    agree: "ابدأ الكلام",
    failed: "لم أسمعك. حاول مرة أخرى أو اكتب سؤالك.",
  },
  languages: "اللغة",
  accessibility: "إمكانية الوصول",
  about: "حول مساعد الذكاء الاصطناعي",
  panel: "دردشة مع البلدية",
  header: (municipality) => `مساعد الذكاء الاصطناعي · ${municipality}`,
  headerPlain: "مساعد الذكاء الاصطناعي",
  isBot: "يجيب آليًا وقد يخطئ.",
  isHuman: (name) => `أنت تكتب إلى ${name}، مستشار البلدية (إنسان).`,
  welcome: "مرحبًا! أنا مساعد الذكاء الاصطناعي في البلدية. ماذا تريد أن تعرف؟",
  log: "المحادثة",
  start: "أسئلة شائعة",
  examples: [
    "كم تكلفة روضة الأطفال (förskola)؟",
    "كيف أبدأ تعلم اللغة السويدية في SFI؟",
    "ماذا أفعل إذا لم يكن لدي BankID؟",
  ],
  crisis: "مهم:",
  notices: "مهم الآن",
  noticeShort: "لا تكتب الرقم الشخصي أو معلومات حساسة.",
  noticeMore: "كيف نتعامل مع ما تكتبه",
  noticeFull:
    "تحفظ البلدية المحادثة للمدة التي قررتها. تُخفى الأرقام الشخصية وأرقام الهاتف والعناوين قبل الحفظ. "
    + "قد يصبح ما تكتبه وثيقة عامة يحق للآخرين "
    + "طلب قراءتها. لا يُرسل شيء إلى شركات أخرى. يُحفظ في المتصفح مفتاح للمحادثة، ويختفي عندما تغلق علامة التبويب.",
  composer: "اكتب سؤالك",
  composerHelp: "مفتاح Enter للإرسال. مفتاحا Shift وEnter لسطر جديد.",
  send: "إرسال",
  person: "التحدث مع شخص",
  close: "إغلاق الدردشة",
  menu: "القائمة",
  end: "إنهاء المحادثة",
  restart: "البدء من جديد",
  restartAsk: "هل تريد البدء من جديد؟ ستنتهي المحادثة وتختفي من علامة التبويب هذه.",
  restartYes: "نعم، ابدأ من جديد",
  cancel: "إلغاء",
  contact: "طرق أخرى للتواصل معنا",
  call: (phone) => `اتصل على ${ltr(phone)}`,
  mail: (email) => `راسلنا على ${ltr(email)}`,
  ended: "انتهت المحادثة. اكتب مرة أخرى إذا أردت المتابعة مع مساعد الذكاء الاصطناعي.",
  reconnecting: "جارٍ الاتصال من جديد …",
  reconnectingHelp: "ما كتبته محفوظ هنا وسيُرسل عند عودة الاتصال.",
  connected: "عاد الاتصال.",
  lost: "المحادثة القديمة لم تعد موجودة. تبدأ محادثة جديدة عندما ترسل.",
  left: (n) => `بقي ${characters(n)}`,
  tooLong: (length, max) => `النص طويل جدًا: عدد أحرفه ${length} والحد الأقصى ${max}. اختصره قبل الإرسال.`,
  refused: "لم يتم الإرسال. النص ما زال هنا لكي تعدّله.",
};
