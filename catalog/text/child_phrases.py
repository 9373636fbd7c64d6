"""What the program itself says on children's pages, at both levels, with readings ｜漢字《かんじ》.

The two levels never mix: EASY speaks as 〜よ, TEEN as です・ます, as the texts of the entries do.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrases:
    """`{}` stands for what is filled in."""

    # Opening hours
    talk_now: str
    open_now: str  # a place
    closed_now: str
    closed_until: str
    days_off: str
    season: str
    estimate: str
    # Contacts
    press_by_hand: str  # a number that begins with #
    ip_phone: str
    unconfirmed_number: str
    # Cost
    free_call: str
    paid_call: str
    unknown_call: str
    free: str
    paid: str
    # Promises
    no_name: str
    secrecy: str  # which always carries its limit
    told_to_others: str
    # What a desk does not take; what is never shown to a child has no words
    declines_self_harm: str
    declines_men: str
    declines_women: str
    declines_other_areas: str


EASY = Phrases(
    talk_now="いま ｜話《はな》せるよ",
    open_now="いま ｜開《あ》いて いるよ",
    closed_now="いまは お｜休《やす》み",
    closed_until="いまは お｜休《やす》み。つぎは {}から",
    days_off="{}は お｜休《やす》みだよ",
    season="{}の あいだだけ ひらくよ",
    estimate="｜時間《じかん》は だいたいの ｜目安《めやす》だよ。かわって いる ことも あるよ。",
    press_by_hand="はじめに「#」、つぎに「{}」を おしてね",
    ip_phone="IP｜電話《でんわ》からは かからない ことが あるよ",
    unconfirmed_number="この ｜番号《ばんごう》は、まだ たしかめて いないよ。",
    free_call="｜電話代《でんわだい》は かからないよ",
    paid_call="｜電話代《でんわだい》が かかるよ",
    unknown_call="｜電話代《でんわだい》が かかるかも しれないよ",
    free="お｜金《かね》は かからないよ",
    paid="お｜金《かね》が かかるよ",
    no_name="｜名前《なまえ》は いわなくて いいよ",
    secrecy="ひみつは まもるよ。あぶない ときは、たすける ために ｜話《はな》す ことが あるよ",
    told_to_others="きみを まもる ために、ほかの おとなと ｜話《はな》す ことは あるよ",
    declines_self_harm="「しにたい」「じぶんを きずつけたい」という ｜話《はなし》は、ここでは ｜聞《き》けないよ。"
    "ほかの ところなら ｜聞《き》いて もらえるよ。",
    declines_men="おとこの ｜人《ひと》は、ここでは ｜話《はな》せないよ。",
    declines_women="おんなの ｜人《ひと》は、ここでは ｜話《はな》せないよ。",
    declines_other_areas="すんで いる ところが ちがうと、ここでは ｜話《はな》せないよ。",
)
TEEN = Phrases(
    talk_now="いま ｜話《はな》せます",
    open_now="いま ｜開《あ》いて います",
    closed_now="いまは お｜休《やす》みです",
    closed_until="いまは お｜休《やす》みです。｜次《つぎ》は {}からです",
    days_off="{}は お｜休《やす》みです",
    season="{}の あいだだけ ｜開《ひら》きます",
    estimate="｜時間《じかん》は だいたいの ｜目安《めやす》です。｜変《か》わって いる ことも あります。",
    press_by_hand="はじめに「#」、｜次《つぎ》に「{}」を ｜押《お》して ください",
    ip_phone="IP｜電話《でんわ》からは かからない ことが あります",
    unconfirmed_number="この ｜番号《ばんごう》は、まだ ｜確《たし》かめて いません。",
    free_call="｜電話代《でんわだい》は かかりません",
    paid_call="｜電話代《でんわだい》が かかります",
    unknown_call="｜電話代《でんわだい》が かかるかも しれません",
    free="お｜金《かね》は かかりません",
    paid="お｜金《かね》が かかります",
    no_name="｜名前《なまえ》は ｜言《い》わなくて ｜大丈夫《だいじょうぶ》です",
    secrecy=(
        "｜秘密《ひみつ》は ｜守《まも》られます。"
        "｜危《あぶ》ない ときは、｜助《たす》ける ために ｜話《はな》す ことが あります"
    ),
    told_to_others="あなたを ｜守《まも》る ために、ほかの ｜大人《おとな》と ｜話《はな》す ことは あります",
    declines_self_harm="「｜死《し》にたい」「｜自分《じぶん》を ｜傷《きず》つけたい」という ｜話《はなし》は、"
    "ここでは ｜聞《き》いて もらえません。ほかの ところなら ｜聞《き》いて もらえます。",
    declines_men="｜男《おとこ》の ｜人《ひと》は、ここでは ｜話《はな》せません。",
    declines_women="｜女《おんな》の ｜人《ひと》は、ここでは ｜話《はな》せません。",
    declines_other_areas="｜住《す》んで いる ところが ちがうと、ここでは ｜話《はな》せません。",
)
