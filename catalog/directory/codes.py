"""Every code of the catalogue with its label, and the words of the vocabulary that rules name.

The models, the frozen values, the desk, the pages and the API use these enumerations, so that a code is spelled and labelled once.
A member is a string (`Via.PHONE == "phone"`), so it can be stored, compared and put into JSON as it is.
"""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """A code with its label, as staff read it: `KIND = "code", "ラベル"`."""

    label: str
    other_label: str  # for other readers, where an enumeration has them

    def __new__(cls, value: str, label: str = "", other_label: str = "") -> Code:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.other_label = other_label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """(code, label) in order, for Django's fields and forms."""
        return [(member.value, member.label) for member in cls]

    @classmethod
    def values(cls) -> list[str]:
        return [member.value for member in cls]

    @classmethod
    def labels(cls) -> dict[str, str]:
        """The label of each code."""
        return dict(cls.choices())


class Kind(Code):
    """What an entry is."""

    HELPLINE = "helpline", "相談窓口"
    PROGRAMME = "programme", "制度"
    PLACE = "place", "行ける窓口・施設"


class Reach(Code):
    NATIONAL = "national", "全国で1つの連絡先"
    LOCAL = "local", "地域ごとの窓口"


class Status(Code):
    ACTIVE = "active", "続いている"
    SEASONAL = "seasonal", "期間をかぎって開く"
    ENDED = "ended", "終わった"
    UNCLEAR = "unclear", "はっきりしない"  # never public


class Via(Code):
    """A way of contact. `child_label`: in children's words with readings; "" for what no child is shown."""

    PHONE = "phone", "電話", "｜電話《でんわ》"
    SMS = "sms", "SMS", "SMS"
    CHAT = "chat", "チャット", "チャット"
    LINE = "line", "LINE", "LINE"
    EMAIL = "email", "メール", "メール"
    FORM = "form", "送信フォーム", "｜送《おく》る ページ"
    WEB = "web", "ウェブサイト", "ホームページ"
    VISIT = "visit", "行って話す", "｜行《い》って ｜話《はな》す"
    FAX = "fax", "ファクス"

    @property
    def child_label(self) -> str:
        return self.other_label


LIVE_WAYS = frozenset({Via.PHONE, Via.CHAT, Via.LINE, Via.SMS})  # somebody answers while one waits
TEXT_WAYS = frozenset({Via.CHAT, Via.LINE, Via.EMAIL, Via.FORM, Via.SMS})
NUMBER_WAYS = frozenset({Via.PHONE, Via.SMS, Via.FAX})  # the address is a telephone number


class Charge(Code):
    FREE = "free", "無料"
    PAID = "paid", "有料"
    UNKNOWN = "unknown", "料金は未確認"


class Dialable(Code):
    """Whether IP telephones (050…) can dial a number."""

    YES = "yes", "IP電話からもかけられる"
    NO = "no", "IP電話からはかけられない"
    UNKNOWN = "unknown", "わからない"


class Known(Code):
    YES = "yes", "はい"
    NO = "no", "いいえ"
    UNKNOWN = "unknown", "わからない"


class Page(Code):
    """The two pages that hold a conversation; also the key of the flow of each."""

    GENERAL = "general", "一般のページ"
    UNDER18 = "under18", "18歳以下のページ"


class Level(Code):
    """In which words children's texts are written."""

    EASY = "easy", "小学1〜4年生のことば"
    TEEN = "teen", "小学5年生からのことば"


class ArticleKind(Code):
    MESSAGE = "message", "サイトからのことば"
    QUESTION = "question", "みなさんからの質問"
    HINT = "hint", "ヒント"
    HISTORY = "history", "履歴の消しかた"


class FAQGroup(Code):
    CALLING = "calling", "電話や相談のこと"
    MONEY = "money", "お金と手続きのこと"
    WORRIED = "worried", "まわりの人が心配なとき"
    SITE = "site", "このサイトのこと"


class TipPage(Code):
    GENERAL = "general", "専門家からのヒント"
    ADULTS = "adults", "保護者・先生のページ"


class Standpoint(Code):
    SOCIAL_WORKER = "social_worker", "社会福祉士の目線"
    COUNSELLOR = "counsellor", "心の相談員の目線"
    LAWYER = "lawyer", "法律の専門家の目線"
    NURSE = "nurse", "保健師の目線"


class Publisher(Code):
    OFFICIAL = "official", "公式"
    MUNICIPALITY = "municipality", "自治体"
    NPO = "npo", "支援団体"
    PRESS = "press", "報道"
    OTHER = "other", "そのほか"


class Declined(Code):
    """What a desk does not take. Somebody to whom it is known to apply is not shown the desk."""

    SELF_HARM = "self_harm", "死にたい気持ち・自分を傷つけることの話"
    MEN = "men", "男性"
    WOMEN = "women", "女性"
    MINORS = "minors", "18歳になっていない人"
    OTHER_AREAS = "other_areas", "ほかの地域の人"


class Language(Code):
    """A language in which somebody answers. `own_name`: as its speakers call it."""

    JA = "ja", "日本語", "日本語"
    EN = "en", "英語", "English"
    ZH = "zh", "中国語", "中文"
    KO = "ko", "韓国語", "한국어"
    ES = "es", "スペイン語", "Español"
    PT = "pt", "ポルトガル語", "Português"
    TL = "tl", "タガログ語", "Tagalog"
    TH = "th", "タイ語", "ภาษาไทย"
    VI = "vi", "ベトナム語", "Tiếng Việt"
    NE = "ne", "ネパール語", "नेपाली"
    ID = "id", "インドネシア語", "Bahasa Indonesia"
    MY = "my", "ミャンマー語", "မြန်မာ"
    KM = "km", "クメール語", "ខ្មែរ"
    MN = "mn", "モンゴル語", "Монгол"
    FR = "fr", "フランス語", "Français"
    SI = "si", "シンハラ語", "සිංහල"
    UR = "ur", "ウルドゥー語", "اردو"

    @property
    def own_name(self) -> str:
        return self.other_label


class RuleWorry(StrEnum):
    """The worries that rules name. Publishing refuses a vocabulary without one of them; their labels are the curators'."""

    UNDER18 = "under18"  # the area of children's worries
    LISTEN = "listen"
    LONELY = "lonely"
    MENTAL = "mental"
    SUICIDAL = "suicidal"
    DV = "dv"
    SEXUAL_VIOLENCE = "sexual_violence"
    CHILD_ABUSE = "child_abuse"
    ELDER_ABUSE = "elder_abuse"
    STALKING = "stalking"
    YAMIBAITO = "yamibaito"
    CHILD_YOUTH = "child_youth"
    CHILD_TALK = "u18_talk"


class RuleTag(StrEnum):
    """The audience tags that rules name; as RuleWorry."""

    WOMAN = "woman"
    MAN = "man"
    FOREIGNER = "foreigner"
    CHILD = "child"
    YOUTH = "youth"
    STUDENT = "student"
    PARENT = "parent"
    CARER = "carer"
    ABROAD = "abroad"


class RuleBand(StrEnum):
    """The age bands that rules name; as RuleWorry."""

    ANY_CHILD = "any18"


# Who takes both of these worries listens to anything.
ANY_WORRY = frozenset({RuleWorry.LISTEN, RuleWorry.LONELY})
