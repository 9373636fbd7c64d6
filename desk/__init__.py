"""編集室: where staff keep the catalogue right. It stands on the conversation and the catalogue; neither knows it."""
