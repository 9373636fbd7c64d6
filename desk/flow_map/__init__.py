"""質問の流れ as curators see it: drawn, in words, with what is broken and how many entries each answer leads to."""
