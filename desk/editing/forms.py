"""What every form of content shares."""

from __future__ import annotations

from typing import Any

from django import forms

from catalog.models.base import code_fields

CODE_HELP = "半角の小文字・数字・ハイフンで書きます。あとから変えられません。"
CODE_SETTLED = "記号は変えられません。リンクや、ほかの内容、これまでの公開版がこの記号を使っています。"


class ContentForm(forms.ModelForm[Any]):
    """A code is typed once. On a saved row its field shows the code and why it stays; what is posted for it is ignored."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        is_saved = self.instance.pk is not None
        for field in (self.fields[name] for name in code_fields(self._meta.model) if name in self.fields):
            field.disabled = is_saved
            field.help_text = CODE_SETTLED if is_saved else field.help_text or CODE_HELP
