"""Upper and lower case that know ı and İ.

Kazakh Latin (like Turkish) pairs I with ı and İ with i; Python's own methods do not.
BGN/PCGN romanisation is read by English eyes and keeps the English pair.
"""

from collections.abc import Callable


def lower(text: str, language: str) -> str:
    """`text` in lower case, as the BCP 47 tag or scheme name `language` has it."""
    if _pairs_dotless(language):
        text = text.replace("I\u0307", "i").replace("İ", "i").replace("I", "ı")
    return text.lower()


def upper(text: str, language: str) -> str:
    """`text` in upper case, as the BCP 47 tag or scheme name `language` has it."""
    if _pairs_dotless(language):
        text = text.replace("i", "İ").replace("ı", "I")
    return text.upper()


def capitalize(text: str, language: str) -> str:
    """`text` with its first letter in upper case and the rest as it was written."""
    for at, char in enumerate(text):
        if char.isalpha():
            return text[:at] + upper(char, language) + text[at + 1 :]
    return text


def title(text: str, language: str) -> str:
    """`text` with each word's first letter in upper case and its other letters in lower case."""
    return _each_word(text, lambda word: capitalize(lower(word, language), language))


def _each_word(text: str, change: Callable[[str], str]) -> str:
    out: list[str] = []
    start = 0
    for at, char in enumerate(text + " "):
        if char.isspace():
            out.append(change(text[start:at]))
            out.append(text[at : at + 1])
            start = at + 1
    return "".join(out)


def _pairs_dotless(language: str) -> bool:
    parts = language.replace("_", "-").casefold().split("-")
    if parts[0] not in {"kk", "tr", "az"} or "bgn1979" in parts:
        return False
    return not {"cyrl", "arab"} & set(parts[1:])
