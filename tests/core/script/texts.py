"""What hypothesis makes for this package: any text, and text that looks like Kazakh."""

from hypothesis import strategies as st

from aqyn.core.script.tables import LETTERS

CYRILLIC = "".join(letter.cyrillic for letter in LETTERS)
LATIN = "aäbdefgğhıijklmnñoöpqrsştuūüvyz"
ARABIC = "ءابپتجچحدرزسشعفقكگڭلمنھەوۇۆۋىي"

anything = st.text(max_size=40)
kazakh = st.text(alphabet=CYRILLIC + CYRILLIC.upper() + " -,.!?«»'1\n", max_size=40)
kazakh_word = st.text(alphabet=CYRILLIC + CYRILLIC.upper() + "-,?«»1", min_size=1, max_size=20)
any_script = st.text(
    alphabet=CYRILLIC + LATIN + LATIN.upper() + "İÁÓáǵń'’" + ARABIC + " ,;?،؛؟-", max_size=40
)
