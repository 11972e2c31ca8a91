"""Days and times written out in the languages of the house, each as its readers write them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from aqyn.core.script import convert

# From January; in Russian as they stand after a number.
MONTHS = {
    "kk": [
        "қаңтар",
        "ақпан",
        "наурыз",
        "сәуір",
        "мамыр",
        "маусым",
        "шілде",
        "тамыз",
        "қыркүйек",
        "қазан",
        "қараша",
        "желтоқсан",
    ],
    "ru": [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
# From Monday.
WEEKDAYS = {
    "kk": ["дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі", "жексенбі"],
    "ru": ["понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье"],
    "en": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
}
WHOLE = {
    "kk": "{year} жылғы {number} {month}, {weekday}",
    "ru": "{number} {month} {year} года, {weekday}",
    "en": "{weekday}, {number} {month} {year}",
}


@dataclass(frozen=True, slots=True)
class WrittenDay:
    """A day in words: "13", "қараша", "жұма", "2026", and `whole`: "2026 жылғы 13 қараша, жұма"."""

    number: str
    month: str
    weekday: str
    year: str
    whole: str


@lru_cache(maxsize=1024)
def written_day(day: date, tag: str) -> WrittenDay:
    """The day in the language and script of a BCP 47 tag; in English where the house does not write it."""
    language = tag.split("-")[0]
    language = language if language in MONTHS else "en"
    number, year = str(day.day), str(day.year)
    month, weekday = MONTHS[language][day.month - 1], WEEKDAYS[language][day.weekday()]
    whole = WHOLE[language].format(number=number, month=month, weekday=weekday, year=year)
    if language == "kk" and tag in ("kk-Latn", "kk-Arab"):
        month, weekday, whole = (convert(text, to=tag).text for text in (month, weekday, whole))
    return WrittenDay(number, month, weekday, year, whole)


def written_time(at: datetime) -> str:
    """Hours and minutes as a clock shows them: "19:00"."""
    return f"{at:%H:%M}"
