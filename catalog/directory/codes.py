"""The languages in which somebody answers, as the editing desk calls them. Pure Python."""

LANGUAGES = {
    "ja": "日本語", "en": "英語", "zh": "中国語", "ko": "韓国語", "es": "スペイン語", "pt": "ポルトガル語", "tl": "タガログ語",
    "th": "タイ語", "vi": "ベトナム語", "ne": "ネパール語", "id": "インドネシア語", "my": "ミャンマー語", "km": "クメール語",
    "mn": "モンゴル語", "fr": "フランス語", "si": "シンハラ語", "ur": "ウルドゥー語",
}  # fmt: skip
